import type { WireContent } from '../../wire/stanzas.ts';

/** A message in one line, as a chat list shows it. */
export const previewText = (content: WireContent): string => {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'image':
      return withCaption('Photo', content.caption);
    case 'video':
      return withCaption(content.gif === true ? 'GIF' : 'Video', content.caption);
    case 'audio':
      return 'Audio';
    case 'voice':
      return 'Voice message';
    case 'document':
      return withCaption(content.media.filename ?? 'Document', content.caption);
    case 'sticker':
      return 'Sticker';
    case 'album':
      return 'Album';
    case 'location':
      return content.name ?? 'Location';
    case 'contacts':
      return content.cards.map(({ name }) => name).join(', ');
    case 'poll':
      return content.question;
    case 'event':
      return content.name;
    case 'invite':
      return `Invitation to ${content.groupName}`;
    case 'ciphertext':
      return 'Waiting for this message';
    case 'revoked':
      return 'This message was deleted';
    case 'notice':
      return noticeTexts[content.notice.kind];
  }
};

const withCaption = (what: string, caption: string | undefined): string => (caption === undefined || caption === '' ? what : `${what}: ${caption}`);

const noticeTexts = { group: 'The group changed', number: 'The phone number changed', call: 'Call', disappear: 'Disappearing messages changed', encryption: 'Messages are encrypted' } as const;

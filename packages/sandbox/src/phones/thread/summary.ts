import type { Notice, WireContent } from '../../wire/stanzas.ts';
import type { Translate } from '../words/translate.ts';

const captioned = (what: string, caption: string | undefined): string => (caption === undefined || caption === '' ? what : `${what}: ${caption}`);

/** One line for a message: in quotes, for screen readers, before an edit. */
export function summaryOf(content: WireContent, t: Translate): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'image':
      return captioned(t('kind.image'), content.caption);
    case 'video':
      return captioned(content.gif === true ? t('kind.gif') : t('kind.video'), content.caption);
    case 'document':
      return captioned(t('kind.document'), content.media.filename ?? content.caption);
    case 'location':
      return captioned(t('kind.location'), content.name);
    case 'contacts':
      return captioned(t('kind.contacts'), content.cards.map(({ name }) => name).join(', '));
    case 'poll':
      return captioned(t('kind.poll'), content.question);
    case 'event':
      return captioned(t('kind.event'), content.name);
    case 'invite':
      return captioned(t('kind.invite'), content.groupName);
    case 'revoked':
      return t('thread.revoked');
    case 'ciphertext':
      return t('thread.waiting');
    case 'notice':
      return briefNotice(content.notice, t);
    default:
      return t(`kind.${content.kind}`);
  }
}

/** Without who did it: in the list of chats there is no room for more. */
function briefNotice(notice: Notice, t: Translate): string {
  if (notice.kind === 'call') return notice.video ? t('call.video') : t('call.voice');
  if (notice.kind === 'disappear') return t('chats.disappearing');
  if (notice.kind === 'group' && notice.event === 'create') return t('group.new');
  return notice.kind === 'encryption' ? t('notice.encryption') : t('kind.notice');
}

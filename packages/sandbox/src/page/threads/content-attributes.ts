import type { MediaFile } from '../../acts/contents.ts';
import type { Notice, WireContent } from '../../wire/stanzas.ts';
import { createWid } from '../ids/wid.ts';

type Attributes = Record<string, unknown> & { type: string };

/** A message's content as WhatsApp Web's attributes. */
export const contentAttributes = (content: WireContent, group: boolean): Attributes => {
  switch (content.kind) {
    case 'text':
      return { type: 'chat', body: content.text, ...(content.link === undefined ? {} : { subtype: 'url', title: content.link.title, description: content.link.description, canonicalUrl: content.link.url, matchedText: content.link.url }) };
    case 'image':
      return { type: 'image', ...mediaAttributes(content.media), ...captioned(content), ...albumed(content.album) };
    case 'video':
      return { type: 'video', ...mediaAttributes(content.media), ...captioned(content), ...albumed(content.album), isGif: content.gif === true, ...(content.gif === true ? { gifAttribution: 0 } : {}) };
    case 'audio':
      return { type: 'audio', ...mediaAttributes(content.media) };
    case 'voice':
      return { type: 'ptt', ...mediaAttributes(content.media), ...captioned(content) };
    case 'document':
      return { type: 'document', ...mediaAttributes(content.media), ...captioned(content), isCaptionByUser: content.caption !== undefined };
    case 'sticker':
      return { type: 'sticker', ...mediaAttributes(content.media), isAnimated: content.media.animated === true };
    case 'album':
      return { type: 'album', expectedImageCount: content.images, expectedVideoCount: content.videos };
    default:
      return content.kind === 'ciphertext' || content.kind === 'revoked' || content.kind === 'notice' ? machineAttributes(content, group) : cardAttributes(content);
  }
};

type Card = Extract<WireContent, { kind: 'location' | 'contacts' | 'poll' | 'event' | 'invite' }>;

const cardAttributes = (content: Card): Attributes => {
  switch (content.kind) {
    case 'location':
      return { type: 'location', lat: content.latitude, lng: content.longitude, loc: [content.name, content.address].filter((part) => part !== undefined).join('\n'), clientUrl: content.url, body: '' };
    case 'contacts': {
      const [only, ...more] = content.cards;
      if (only !== undefined && more.length === 0) return { type: 'vcard', body: only.vcard, vcardFormattedName: only.name };
      return { type: 'multi_vcard', vcardList: content.cards.map(({ name, vcard }) => ({ displayName: name, vcard })) };
    }
    case 'poll':
      return { type: 'poll_creation', kind: 'pollCreation', pollName: content.question, pollOptions: content.options.map((name, localId) => ({ name, localId })), pollSelectableOptionsCount: content.several ? 0 : 1, body: '' };
    case 'event':
      return {
        type: 'event_creation',
        eventName: content.name,
        eventDescription: content.description,
        eventStartTime: content.startAt,
        eventEndTime: content.endAt,
        eventLocation: content.place === undefined ? undefined : { degreesLatitude: 0, degreesLongitude: 0, name: content.place },
        eventJoinLink: content.joinLink,
        isEventCanceled: content.cancelled === true,
      };
    case 'invite':
      return { type: 'groups_v4_invite', inviteCode: content.code, inviteCodeExp: content.expiresAt, inviteGrp: content.group, inviteGrpName: content.groupName, comment: content.comment, caption: content.comment };
  }
};

type Machine = Extract<WireContent, { kind: 'ciphertext' | 'revoked' | 'notice' }>;

const machineAttributes = (content: Machine, group: boolean): Attributes => {
  if (content.kind === 'ciphertext') return { type: 'ciphertext', body: '', ...(content.subtype === undefined ? {} : { subtype: content.subtype }) };
  // What was said is gone: attributes that carried it are set to nothing, so that an old model forgets too.
  if (content.kind === 'revoked') return { type: 'revoked', subtype: 'sender', body: '', caption: undefined, directPath: undefined, revokeSender: createWid(content.by) };
  return noticeAttributes(content.notice, group);
};

const groupSubtypes: Record<string, string> = { adminsAdd: 'member_add_mode', approval: 'membership_approval_mode', request: 'membership_approval_request' };

const noticeAttributes = (notice: Notice, group: boolean): Attributes => {
  switch (notice.kind) {
    case 'group':
      return { type: 'gp2', subtype: groupSubtypes[notice.event] ?? notice.event, recipients: notice.people.map((person) => createWid(person).toString()), body: notice.value ?? '' };
    case 'number':
      return { type: 'notification_template', subtype: 'change_number', templateParams: [notice.from, notice.to], body: '' };
    case 'call':
      return { type: 'call_log', subtype: notice.outcome === 'missed' ? (notice.video ? 'miss_video' : 'miss') : notice.outcome, isVideoCall: notice.video, callOutcome: notice.outcome, body: '' };
    case 'disappear':
      return { type: group ? 'gp2' : 'notification_template', subtype: group ? 'ephemeral' : 'disappearing_mode', ephemeralDuration: notice.after, recipients: [], templateParams: [], body: String(notice.after) };
    case 'encryption':
      return { type: 'e2e_notification', subtype: 'encrypt', body: '' };
  }
};

const mediaPath = (hash: string): string => `/media/${hash}`;

const hexToBase64 = (hash: string): string => btoa((hash.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join(''));

/** The hash of the bytes stands for every hash and key that WhatsApp has: nothing is encrypted here. */
const mediaAttributes = (media: MediaFile): Record<string, unknown> => ({
  body: media.preview ?? '',
  mimetype: media.mimetype,
  size: media.size,
  filehash: hexToBase64(media.hash),
  encFilehash: hexToBase64(media.hash),
  mediaKey: hexToBase64(media.hash),
  mediaKeyTimestamp: 0,
  directPath: mediaPath(media.hash),
  deprecatedMms3Url: mediaPath(media.hash),
  ...(media.width === undefined ? {} : { width: media.width }),
  ...(media.height === undefined ? {} : { height: media.height }),
  ...(media.seconds === undefined ? {} : { duration: String(Math.round(media.seconds)) }),
  ...(media.waveform === undefined ? {} : { waveform: media.waveform }),
  ...(media.filename === undefined ? {} : { filename: media.filename }),
  ...(media.pages === undefined ? {} : { pageCount: media.pages }),
});

const captioned = (content: { caption?: string | undefined; viewOnce?: boolean | undefined }): Record<string, unknown> => ({
  ...(content.caption === undefined ? {} : { caption: content.caption }),
  isViewOnce: content.viewOnce === true,
});

const albumed = (album: string | undefined): Record<string, unknown> => (album === undefined ? {} : { parentMsgId: album, messageAssociation: { type: 'MEDIA_ALBUM', parentMessageId: album } });

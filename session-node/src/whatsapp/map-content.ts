import type { Content, Media } from '@waxos/contract/node-link/contents';
import { personSchema } from '@waxos/contract/node-link/identities';
import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const count = z.coerce.number().finite().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** What a message says, in WhatsApp's own words for it. */
export const saidSchema = z.object({
  type: z.string(),
  subtype: text, body: text, caption: text, isViewOnce: flag, isGif: flag,
  mimetype: text, size: count, filename: text, width: count, height: count, fullWidth: count, fullHeight: count, duration: count,
  waveform: z.array(z.number()).optional().catch(undefined),
  lat: count, lng: count, loc: text, clientUrl: text,
  vcardFormattedName: text, vcardList: z.array(z.object({ displayName: text, vcard: text })).optional().catch(undefined),
  pollName: text, pollOptions: z.array(z.string()).optional().catch(undefined), pollSelectableOptionsCount: count,
  eventName: text, eventDescription: text, eventStartTime: count, eventEndTime: count, eventPlace: text, isEventCanceled: flag,
  inviteGrp: text, inviteGrpName: text, inviteCodeExp: count,
  callOutcome: text, isVideoCall: flag, expectedImageCount: count, expectedVideoCount: count,
  recipients: z.array(personSchema).optional().catch(undefined), numbers: z.array(personSchema).optional().catch(undefined),
});
type Said = z.infer<typeof saidSchema>;

/** Drops what is undefined, which the contract has as absent. */
const given = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

export const mapContent = (said: Said): Content => mapMedia(said) ?? mapCard(said) ?? mapNotice(said);

const longest = 65_536;
const captionOf = ({ caption }: Said): string | undefined => (caption === undefined || caption === '' ? undefined : caption.slice(0, longest));
const onceOf = ({ isViewOnce }: Said): true | undefined => (isViewOnce === true ? true : undefined);

const mapMedia = (said: Said): Content | undefined => {
  const media = mediaOf(said);
  switch (said.type) {
    case 'image':
      return given({ kind: 'image' as const, media, caption: captionOf(said), viewOnce: onceOf(said) }) as Content;
    case 'video':
      return given({ kind: 'video' as const, media, caption: captionOf(said), viewOnce: onceOf(said), gif: said.isGif === true ? true : undefined }) as Content;
    case 'audio':
      return { kind: 'audio', media };
    case 'ptt':
      return given({ kind: 'voice' as const, media, viewOnce: onceOf(said) }) as Content;
    case 'document':
      return given({ kind: 'document' as const, media, caption: captionOf(said) }) as Content;
    case 'sticker':
      return { kind: 'sticker', media };
    default:
      return undefined;
  }
};

const positive = (value: number | undefined): number | undefined => (value !== undefined && Number.isInteger(value) && value > 0 ? value : undefined);

const mediaOf = (said: Said): Media =>
  given({
    mimetype: (said.mimetype ?? 'application/octet-stream').slice(0, 200),
    bytes: positive(said.size),
    filename: said.filename?.slice(0, 1_024),
    width: positive(said.fullWidth) ?? positive(said.width),
    height: positive(said.fullHeight) ?? positive(said.height),
    seconds: said.duration !== undefined && said.duration >= 0 ? said.duration : undefined,
    waveform: said.waveform?.slice(0, 64).map((bar) => Math.max(0, Math.min(100, Math.round(bar)))),
    // The body of a message with media is its tiny picture.
    preview: said.body === undefined || said.body === '' || said.body.length > 60_000 || !/^[A-Za-z0-9+/=]+$/.test(said.body) ? undefined : said.body,
  }) as Media;

const mapCard = (said: Said): Content | undefined => {
  switch (said.type) {
    case 'chat':
      return { kind: 'text', text: (said.body ?? '').slice(0, longest) };
    case 'album':
      return { kind: 'album', images: said.expectedImageCount ?? 0, videos: said.expectedVideoCount ?? 0 };
    case 'location': {
      const [name, address] = (said.loc ?? '').split('\n');
      return given({ kind: 'location' as const, latitude: said.lat ?? 0, longitude: said.lng ?? 0, name: name === '' ? undefined : name, address, url: said.clientUrl }) as Content;
    }
    case 'vcard':
      return { kind: 'contacts', cards: [{ name: said.vcardFormattedName ?? '', vcard: said.body ?? '' }] };
    case 'multi_vcard':
      return { kind: 'contacts', cards: (said.vcardList ?? []).map(({ displayName, vcard }) => ({ name: displayName ?? '', vcard: vcard ?? '' })) };
    default:
      return mapPlan(said);
  }
};

const mapPlan = (said: Said): Content | undefined => {
  switch (said.type) {
    case 'poll_creation':
      return { kind: 'poll', question: said.pollName ?? '', options: said.pollOptions ?? [], several: said.pollSelectableOptionsCount === 0 };
    case 'event_creation':
      return given({ kind: 'event' as const, name: said.eventName ?? '', description: said.eventDescription, startAt: Math.floor(said.eventStartTime ?? 0), endAt: said.eventEndTime === undefined ? undefined : Math.floor(said.eventEndTime), place: said.eventPlace, cancelled: said.isEventCanceled === true ? true : undefined }) as Content;
    case 'groups_v4_invite':
      return { kind: 'invite', group: said.inviteGrp ?? '', groupName: said.inviteGrpName ?? '', expiresAt: Math.floor(said.inviteCodeExp ?? 0) };
    default:
      return undefined;
  }
};

const mapNotice = (said: Said): Content => {
  const [before, after] = said.numbers ?? [];
  switch (said.type) {
    case 'call_log':
      return { kind: 'call', outcome: (said.callOutcome ?? said.subtype ?? '').slice(0, 64), video: said.isVideoCall === true };
    case 'gp2':
      return given({ kind: 'group_notice' as const, what: (said.subtype ?? '').slice(0, 64), people: said.recipients ?? [], value: said.body === '' ? undefined : said.body }) as Content;
    case 'notification_template':
      if (said.subtype === 'change_number' && before !== undefined && after !== undefined) return { kind: 'number_changed', before, after };
      return { kind: 'unsupported', type: `notification_template:${said.subtype ?? ''}`.slice(0, 64) };
    case 'ciphertext':
      return { kind: 'undecrypted' };
    case 'revoked':
      return { kind: 'revoked' };
    default:
      return { kind: 'unsupported', type: said.type.slice(0, 64) };
  }
};

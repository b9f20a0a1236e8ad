import type { Content, MediaFile, MessageContext } from '../../acts/contents.ts';

type Attributes = Record<string, unknown>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const count = (value: unknown): number | undefined => (value === undefined || value === null || value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value));
const given = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } => {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
};

/** What is to be sent, read from the attributes that a message was made with: the way back of content-attributes. */
export const readContent = (attributes: Attributes): Content => {
  switch (attributes['type']) {
    case 'image':
    case 'video':
    case 'audio':
    case 'ptt':
    case 'document':
    case 'sticker':
      return readMediaContent(attributes, attributes['type']);
    case 'location':
      return readLocation(attributes);
    case 'vcard':
      return { kind: 'contacts', cards: [{ name: text(attributes['vcardFormattedName']) ?? '', vcard: text(attributes['body']) ?? '' }] };
    case 'multi_vcard':
      return { kind: 'contacts', cards: list(attributes['vcardList']).map((card) => ({ name: text(card['displayName']) ?? text(card['vcardFormattedName']) ?? '', vcard: text(card['vcard']) ?? '' })) };
    case 'poll_creation':
      return { kind: 'poll', question: text(attributes['pollName']) ?? '', options: list(attributes['pollOptions']).map((option) => text(option['name']) ?? ''), several: attributes['pollSelectableOptionsCount'] === 0 };
    case 'event_creation':
      return readEvent(attributes);
    case 'groups_v4_invite':
      return given({ kind: 'invite' as const, group: String(attributes['inviteGrp']), groupName: text(attributes['inviteGrpName']) ?? '', code: text(attributes['inviteCode']) ?? '', expiresAt: count(attributes['inviteCodeExp']) ?? 0, comment: text(attributes['comment']) });
    default:
      return readText(attributes);
  }
};

const list = (value: unknown): Attributes[] => (Array.isArray(value) ? value.filter((one): one is Attributes => typeof one === 'object' && one !== null) : []);

const readText = (attributes: Attributes): Content => {
  const said = text(attributes['body']) ?? '';
  const url = text(attributes['canonicalUrl']) ?? text(attributes['matchedText']);
  if (attributes['subtype'] !== 'url' || url === undefined) return { kind: 'text', text: said };
  return { kind: 'text', text: said, link: { url, title: text(attributes['title']) ?? '', description: text(attributes['description']) ?? '' } };
};

const readLocation = (attributes: Attributes): Content => {
  const [name, address] = (text(attributes['loc']) ?? '').split('\n');
  return given({ kind: 'location' as const, latitude: Number(attributes['lat']), longitude: Number(attributes['lng']), name: name === '' ? undefined : name, address, url: text(attributes['clientUrl']) });
};

const readEvent = (attributes: Attributes): Content => {
  const place = attributes['eventLocation'];
  return given({
    kind: 'event' as const,
    name: text(attributes['eventName']) ?? '',
    description: text(attributes['eventDescription']),
    startAt: Math.floor(count(attributes['eventStartTime']) ?? 0),
    endAt: count(attributes['eventEndTime']),
    place: typeof place === 'object' && place !== null && 'name' in place ? text(place.name) : undefined,
    joinLink: text(attributes['eventJoinLink']),
    cancelled: attributes['isEventCanceled'] === true ? true : undefined,
  });
};

type MediaType = 'image' | 'video' | 'audio' | 'ptt' | 'document' | 'sticker';

const readMediaContent = (attributes: Attributes, type: MediaType): Content => {
  const media = readMedia(attributes);
  const caption = text(attributes['caption']);
  const viewOnce = attributes['isViewOnce'] === true ? true : undefined;
  switch (type) {
    case 'image':
      return given({ kind: 'image' as const, media, caption, viewOnce });
    case 'video':
      return given({ kind: 'video' as const, media, caption, viewOnce, gif: attributes['isGif'] === true ? true : undefined });
    case 'ptt':
      return given({ kind: 'voice' as const, media, viewOnce });
    case 'document':
      return given({ kind: 'document' as const, media, caption });
    case 'audio':
      return { kind: 'audio', media };
    case 'sticker':
      return { kind: 'sticker', media };
  }
};

const readMedia = (attributes: Attributes): MediaFile => {
  const path = text(attributes['directPath']) ?? '';
  const waveform = attributes['waveform'];
  const bars = waveform instanceof Uint8Array || Array.isArray(waveform) ? [...waveform].map(Number).filter((bar) => bar >= 0 && bar <= 100).slice(0, 64) : undefined;
  const preview = text(attributes['body']);
  return given({
    hash: path.slice(path.lastIndexOf('/') + 1),
    mimetype: text(attributes['mimetype']) ?? 'application/octet-stream',
    size: count(attributes['size']) ?? 0,
    width: count(attributes['fullWidth']) ?? count(attributes['width']),
    height: count(attributes['fullHeight']) ?? count(attributes['height']),
    seconds: count(attributes['duration']),
    waveform: bars,
    filename: text(attributes['filename']),
    pages: count(attributes['pageCount']),
    preview: preview === '' || (preview?.length ?? 0) > 40_000 ? undefined : preview,
    animated: attributes['isAnimated'] === true ? true : undefined,
  });
};

/** What goes with it: whom it answers, whom it names, whether it was passed on, when it disappears. */
export const readContext = (attributes: Attributes): MessageContext | undefined => {
  const quotedId = text(attributes['quotedStanzaID']);
  const quotedAuthor = attributes['quotedParticipant'];
  const mentions = Array.isArray(attributes['mentionedJidList']) ? attributes['mentionedJidList'].map(String) : [];
  const groupMentions = list(attributes['groupMentions']).map((mention) => ({ group: String(mention['groupJid']), subject: text(mention['groupSubject']) ?? '' }));
  const disappears = count(attributes['ephemeralDuration']);
  const context = given({
    quoted: quotedId === undefined ? undefined : { id: quotedId, author: String(quotedAuthor) },
    mentions: mentions.length === 0 ? undefined : mentions,
    groupMentions: groupMentions.length === 0 ? undefined : groupMentions,
    forwardingScore: attributes['isForwarded'] === true ? (count(attributes['forwardingScore']) ?? 1) : undefined,
    disappearsAfter: disappears === undefined || disappears === 0 ? undefined : disappears,
  });
  return Object.keys(context).length === 0 ? undefined : context;
};

import type { Page, PageMsg } from './page.ts';

/** Reads a message into plain data. Everything that is an address becomes a person with both of them. */
export const installReader = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const plain = ['body', 'caption', 'subtype', 'isViewOnce', 'isGif', 'mimetype', 'size', 'filename', 'width', 'height', 'fullWidth', 'fullHeight', 'duration', 'lat', 'lng', 'loc', 'clientUrl', 'vcardFormattedName'];
  const cards = ['pollName', 'pollSelectableOptionsCount', 'eventName', 'eventDescription', 'eventStartTime', 'eventEndTime', 'isEventCanceled', 'inviteGrp', 'inviteGrpName', 'inviteCodeExp', 'callOutcome', 'isVideoCall', 'expectedImageCount', 'expectedVideoCount'];

  const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null) : []);
  const people = (value: unknown): object[] => (Array.isArray(value) ? value.flatMap((wid) => waxos.person(wid) ?? []) : []);
  const said = (msg: Record<string, unknown>): Record<string, unknown> => {
    const taken = Object.fromEntries([...plain, ...cards].flatMap((name) => (['string', 'number', 'boolean'].includes(typeof msg[name]) ? [[name, msg[name]]] : [])));
    const { waveform, eventLocation } = msg;
    return {
      ...taken,
      type: String(msg['type']),
      ...(waveform instanceof Uint8Array || Array.isArray(waveform) ? { waveform: [...waveform] } : {}),
      ...(Array.isArray(msg['vcardList']) ? { vcardList: records(msg['vcardList']).map(({ displayName, vcard }) => ({ displayName, vcard })) } : {}),
      ...(Array.isArray(msg['pollOptions']) ? { pollOptions: records(msg['pollOptions']).map(({ name }) => name) } : {}),
      ...(typeof eventLocation === 'object' && eventLocation !== null ? { eventPlace: (eventLocation as { name?: unknown }).name } : {}),
      ...(Array.isArray(msg['recipients']) ? { recipients: people(msg['recipients']) } : {}),
      ...(msg['subtype'] === 'change_number' ? { numbers: people(msg['templateParams']) } : {}),
    };
  };
  const quoted = ({ quotedStanzaID, quotedParticipant, quotedMsg }: PageMsg): object => {
    if (typeof quotedStanzaID !== 'string') return {};
    const author = quotedParticipant === undefined ? undefined : waxos.person(quotedParticipant);
    return { quoted: { id: quotedStanzaID, author, said: typeof quotedMsg === 'object' && quotedMsg !== null ? said(quotedMsg as Record<string, unknown>) : undefined } };
  };
  const album = ({ parentMsgKey, parentMsgId }: PageMsg): string | undefined => {
    const parent = parentMsgKey ?? parentMsgId;
    if (typeof parent === 'object' && parent !== null && 'id' in parent) return String(parent.id);
    return typeof parent === 'string' ? (parent.split('_')[2] ?? parent) : undefined;
  };
  /** The row of the page's own storage; where a build has none, the place in the chat as far as it is in memory. */
  const orderOf = (msg: PageMsg): number | undefined => {
    if (typeof msg['rowId'] === 'number') return msg['rowId'];
    const place = page.require('WAWebCollections').Chat.get(msg.id.remote)?.msgs.getModelsArray().indexOf(msg) ?? -1;
    return place < 0 ? undefined : place;
  };
  waxos.read = (msg) => ({
    key: waxos.keyOf(msg.id, msg['author']),
    at: msg.t,
    order: orderOf(msg),
    ack: msg.ack ?? 0,
    said: said(msg),
    pushName: msg['notifyName'],
    ...quoted(msg),
    mentions: people(msg['mentionedJidList']),
    forwarded: msg['isForwarded'] === true ? Math.max(1, Number(msg['forwardingScore'] ?? 1)) : undefined,
    disappearsAfter: msg['ephemeralDuration'],
    editedAtMs: msg['latestEditSenderTimestampMs'],
    starred: msg['star'] === true ? true : undefined,
    album: album(msg),
  });
};

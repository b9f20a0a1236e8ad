import type { Page, PageMsg } from './page.ts';

/** Reads a message into plain data. Everything that is an address becomes a person with both of them. */
export const installReader = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const quoted = ({ quotedStanzaID, quotedParticipant, quotedMsg }: PageMsg): object => {
    if (typeof quotedStanzaID !== 'string') return {};
    const author = quotedParticipant === undefined ? undefined : waxos.person(quotedParticipant);
    return { quoted: { id: quotedStanzaID, author, said: typeof quotedMsg === 'object' && quotedMsg !== null ? waxos.said(quotedMsg as Record<string, unknown>) : undefined } };
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
  const whole = (msg: PageMsg): Record<string, unknown> => ({
    key: waxos.keyOf(msg.id, msg['author']),
    at: msg.t,
    order: orderOf(msg),
    ack: msg.ack ?? 0,
    said: waxos.said(msg),
    pushName: msg['notifyName'],
    ...quoted(msg),
    mentions: waxos.people(msg['mentionedJidList']),
    forwarded: msg['isForwarded'] === true ? Math.max(1, Number(msg['forwardingScore'] ?? 1)) : undefined,
    disappearsAfter: msg['ephemeralDuration'],
    editedAtMs: msg['latestEditSenderTimestampMs'],
    starred: msg['star'] === true ? true : undefined,
    album: album(msg),
  });
  // One that cannot be read hides none of the others: its key, where it has one, says that it is there.
  waxos.read = (msg) => {
    try {
      return whole(msg);
    } catch {
      return { key: waxos.keyOf(msg.id, msg['author']), at: msg.t, ack: msg.ack ?? 0, said: { type: String(msg.type) }, isPartial: true };
    }
  };
};

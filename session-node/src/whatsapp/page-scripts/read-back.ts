import type { Page, PageChatName, PageMsg } from './page.ts';

/** Chats that changed since then: the unread and newest first. */
export const listChanged = (sinceSeconds: number): { chat: PageChatName; at: number; unread: number }[] => {
  const page = globalThis as unknown as Page;
  return page
    .require('WAWebCollections')
    .Chat.getModelsArray()
    .filter((chat) => page.waxos.isWanted({ id: { remote: chat.id, fromMe: false, id: '' } }) && ((chat.t ?? 0) >= sinceSeconds || (chat.unreadCount ?? 0) !== 0))
    .toSorted((a, b) => Number((b.unreadCount ?? 0) !== 0) - Number((a.unreadCount ?? 0) !== 0) || (b.t ?? 0) - (a.t ?? 0))
    .flatMap((chat) => {
      const name = page.waxos.chat(chat.id);
      return name === undefined ? [] : [{ chat: name, at: chat.t ?? 0, unread: Math.abs(chat.unreadCount ?? 0) }];
    });
};

/** The newest `limit` of a chat's messages from one second to another, which is not included; notices too, which the library leaves out. */
export const readBack = async (wanted: { chat: PageChatName; since: number; before: number; limit: number }): Promise<Record<string, unknown>[] | null> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const chat = await waxos.findChat(wanted.chat, false);
  if (chat === undefined) return null;
  await waxos.meet(chat.id);
  const known = new Map<string, PageMsg>();
  const take = (msgs: readonly PageMsg[]): void => {
    for (const msg of msgs) if (waxos.isWanted(msg)) known.set(waxos.keyText(msg.id), msg);
  };
  const within = (): PageMsg[] => [...known.values()].filter(({ t }) => t >= wanted.since && t < wanted.before);
  take(chat.msgs.getModelsArray());
  for (let oldest = Infinity; within().length < wanted.limit; ) {
    const above = (await page.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat })) ?? [];
    const size = known.size;
    take(above);
    oldest = Math.min(oldest, ...above.map(({ t }) => t));
    // At the top, or past what is wanted. A page that gives the same again is at its top as well.
    if (above.length === 0 || known.size === size || oldest < wanted.since) break;
  }
  const rowOf = (msg: PageMsg): number => (typeof msg['rowId'] === 'number' ? msg['rowId'] : 0);
  const wantedOnes = within()
    .toSorted((a, b) => a.t - b.t || rowOf(a) - rowOf(b))
    .slice(-wanted.limit);
  const read = async (msg: PageMsg): Promise<Record<string, unknown>[]> => {
    try {
      return [{ ...waxos.read(msg), ...(await waxos.addons(msg)) }];
    } catch {
      // It has no key even, and hides none of the others.
      waxos.tell({ what: 'failed', text: 'a message without a key' });
      return [];
    }
  };
  return (await Promise.all(wantedOnes.map(read))).flat();
};

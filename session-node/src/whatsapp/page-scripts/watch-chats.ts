import type { Page, PageChat, PageKey } from './page.ts';

/** Reactions, votes, chats and calls. Once a page. */
export const watchChats = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  page.waxosWatching ??= {};
  if (page.waxosWatching.chats === true) return;
  const { Chat } = page.require('WAWebCollections');
  const [calls, { reactionTableMode }, { pollVoteTableMode }] = [page.require('WAWebCallCollection'), page.require('WAWebAddonReactionTableMode'), page.require('WAWebAddonPollVoteTableMode')];
  page.waxosWatching.chats = true;
  type Row = Record<string, unknown>;
  const listenIn = (table: { bulkUpsert: (rows: Row[]) => unknown }, hear: (row: Row) => void): void => {
    const upsert = table.bulkUpsert.bind(table);
    table.bulkUpsert = (rows) => {
      for (const row of Array.isArray(rows) ? rows : []) waxos.inOrder(() => hear(row));
      return upsert(rows);
    };
  };
  const byWhom = (row: Row): object | undefined => ((row['id'] as PageKey | undefined)?.fromMe === true ? waxos.me() : waxos.person(row['author'] ?? row['from']));
  const about = (row: Row, name: string, tell: (key: object, by: object) => void): void => {
    const parent = row[name] as PageKey | undefined;
    const by = byWhom(row);
    if (parent !== undefined && by !== undefined && waxos.isWanted({ id: parent })) tell(waxos.keyOf(parent), by);
  };
  listenIn(reactionTableMode, (row) =>
    about(row, 'reactionParentKey', (key, by) => waxos.tell({ what: 'reaction', key, by, emoji: typeof row['reactionText'] === 'string' ? row['reactionText'] : '', atMs: row['reactionTimestamp'] })),
  );
  listenIn(pollVoteTableMode, (row) =>
    about(row, 'pollUpdateParentKey', (key, by) => {
      const options = row['selectedOptionLocalIds'];
      waxos.tell({ what: 'vote', key, by, options: options instanceof Uint8Array || Array.isArray(options) ? [...(options as Iterable<number>)] : [], atMs: row['senderTimestampMs'] ?? row['t'] });
    }),
  );

  const tellChat = (chat: PageChat): void => {
    const name = waxos.isWanted({ id: { remote: chat.id, fromMe: false, id: '' } }) ? waxos.chat(chat.id) : undefined;
    if (name === undefined) return;
    // A chat marked as unread has -1.
    waxos.inOrder(() => waxos.tellChange(`chat ${waxos.addressOf(chat.id)}`, { what: 'chat', chat: name, name: chat.formattedTitle, unread: Math.abs(chat.unreadCount ?? 0), archived: chat.archive === true }));
  };
  for (const name of ['unreadCount', 'archive', 'name']) Chat.on(`change:${name}`, tellChat);
  waxos.tellChat = tellChat;

  const map: unknown = Object.values(calls).find((value) => value instanceof Map);
  if (!(map instanceof Map)) return;
  const set = map.set.bind(map);
  map.set = (key: unknown, call: Record<string, unknown>) => {
    const from = waxos.person(call['peerJid']);
    if (from !== undefined && call['outgoing'] !== true) waxos.tell({ what: 'call', from, id: String(call['id']), video: call['isVideo'] === true, group: call['isGroup'] === true });
    return set(key, call);
  };
};

import type { Page } from './page.ts';

/** Gives the tools a way to read what hangs on a message: its reactions and votes, as the page keeps them. */
export const installAddons = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const reactionsOf = async (key: string): Promise<object[]> => {
    const found = await page.require('WAWebCollections').Reactions?.find(key);
    const groups = found?.reactions?.serialize() ?? [];
    return groups.flatMap(({ senders }) => senders ?? []).flatMap(({ senderUserJid, reactionText, timestamp }) => {
      const by = waxos.person(senderUserJid);
      return by === undefined || typeof reactionText !== 'string' || reactionText === '' ? [] : [{ by, emoji: reactionText, atMs: timestamp }];
    });
  };
  const votesOf = async (key: string): Promise<object[]> => {
    const rows = await page.require('WAWebPollsVotesSchema').getTable().equals(['parentMsgKey'], key);
    return rows.flatMap(({ sender, selectedOptionLocalIds, senderTimestampMs }) => {
      const by = waxos.person(sender);
      const options = selectedOptionLocalIds instanceof ArrayBuffer ? [...new Uint8Array(selectedOptionLocalIds)] : [...((selectedOptionLocalIds ?? []) as Iterable<number>)];
      return by === undefined ? [] : [{ by, options, atMs: senderTimestampMs }];
    });
  };
  // A build that keeps them elsewhere still gives the message.
  const attempt = (read: () => Promise<object[]>): Promise<object[] | undefined> =>
    Promise.resolve()
      .then(read)
      .catch(() => undefined);
  waxos.addons = async (msg) => {
    const key = waxos.keyText(msg.id);
    return {
      // None is told as well: they may have been taken back while nobody listened.
      ...(msg['hasReaction'] === true ? { reactions: await attempt(() => reactionsOf(key)) } : msg['hasReaction'] === false ? { reactions: [] } : {}),
      ...(msg.type === 'poll_creation' ? { votes: await attempt(() => votesOf(key)) } : {}),
    };
  };
};

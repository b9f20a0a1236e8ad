import type { WireMessage } from '../../wire/stanzas.ts';
import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid } from '../ids/wid.ts';
import type { MsgModel } from '../models/msg.ts';
import { nowInSeconds, refOf, wireKey } from './message-refs.ts';

/** Reactions and votes: the tables that the library listens in on, and reading them back. */
export const reactionModules = (app: App): ModuleTable => {
  const keptOf = async (key: unknown): Promise<WireMessage | undefined> => (await app.storage.get('messages', String(key)))?.message;

  const findReactions = async (key: unknown): Promise<object | undefined> => {
    const message = await keptOf(key);
    if (message === undefined) return undefined;
    const groups = Map.groupBy(message.reactions ?? [], ({ emoji }) => emoji);
    const reactions = [...groups].map(([emoji, senders]) => ({
      id: emoji,
      aggregateEmoji: emoji,
      hasReactionByMe: senders.some(({ from }) => app.directory.isMe(from)),
      senders: senders.map(({ from, at }) => ({ msgKey: MsgKey.from(key), parentMsgKey: MsgKey.from(key), senderUserJid: from, reactionText: emoji, timestamp: at * 1_000, orphan: 0, read: true, ack: 1 })),
    }));
    return { id: MsgKey.from(key), reactions: { length: reactions.length, serialize: () => reactions } };
  };
  const votesOf = async (parent: string): Promise<object[]> => {
    const message = await keptOf(parent);
    return (message?.votes ?? []).map(({ from, options, at }) => ({ parentMsgKey: MsgKey.from(parent), sender: createWid(from), senderTimestampMs: at * 1_000, selectedOptionLocalIds: options, t: at }));
  };
  const sendVote = async (msg: MsgModel, chosen: ReadonlySet<number>): Promise<void> => {
    const options = [...chosen];
    await app.line.act('message.vote', { message: refOf(app, msg), options });
    await app.take([{ s: 'voted', key: wireKey(msg), id: await MsgKey.newId(), from: app.directory.myPhone()?.toString() ?? '', options, at: nowInSeconds() }]);
  };

  return {
    WAWebAddonReactionTableMode: { reactionTableMode: app.addons.reactions },
    WAWebAddonPollVoteTableMode: { pollVoteTableMode: app.addons.votes },
    WAWebCollections: { Reactions: { find: findReactions } },
    WAWebPollsVotesSchema: { getTable: () => ({ equals: (_columns: string[], parent: string) => votesOf(parent) }) },
    WAWebPollsSendVoteMsgAction: { sendVote },
  };
};

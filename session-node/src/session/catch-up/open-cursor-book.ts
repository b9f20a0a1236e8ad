import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Ack, Message } from '@waxos/contract/node-link/contents';
import { chatSchema, type Chat } from '@waxos/contract/node-link/identities';
import { openLineFile } from '../files/open-line-file.ts';
import type { Time } from '../time.ts';
import { chatKey } from './chat-key.ts';

/**
 * What was told of each chat, so that reading back tells only what is new or changed. Not synced: what a power cut
 * takes from it is told twice, and a message's key makes that harmless.
 */
export interface CursorBook {
  /**
   * Takes note. Undefined where it was known in just this state; else what is to be called when the telling of it is on
   * the disk: a note that outlived its telling would be a message lost.
   */
  note: (message: Message) => Keep | undefined;
  noteAck: (chat: Chat, id: string, ack: Ack) => Keep | undefined;
  /** Something that hangs on it changed, and was told: whatever it is when it is read back is told again. */
  noteHanging: (chat: Chat, id: string) => Keep | undefined;
  newest: (chat: Chat) => { at: number; order: number | undefined } | undefined;
  /** Of all chats, in seconds; 0 where there is none. */
  newestAt: () => number;
  /** They wrote to us once. */
  wasHeard: (chat: Chat) => boolean;
  /** Everything until then was told; undefined before the first time. In seconds. */
  completeThrough: () => number | undefined;
  markComplete: (atSeconds: number) => void;
  linkedAt: () => number | undefined;
  markLinked: (atSeconds: number) => void;
  /** Chats that could not be read, and from when on. */
  owed: () => { chat: Chat; since: number }[];
  owe: (chat: Chat, since: number) => void;
  settle: (chat: Chat) => void;
  /** The link is gone: nothing of it holds for the next. */
  clear: () => void;
  close: () => Promise<void>;
}

type Keep = () => void;

interface ChatCursor {
  at: number;
  order: number | undefined;
  heard: boolean;
  states: Map<string, State>;
}

interface State {
  at: number;
  hash: number;
  ack: number;
  /** What was told of it is on the disk. */
  kept: boolean;
}

const statesMax = 300;
const rememberedSeconds = 4 * 86_400;
const spentLinesMax = 20_000;

const lineSchema = z.union([
  z.object({ k: z.string(), i: z.string(), a: z.number(), o: z.number().optional(), h: z.number(), s: z.number(), in: z.boolean() }),
  z.object({ complete: z.number() }),
  z.object({ linked: z.number() }),
  z.object({ owe: chatSchema, since: z.number() }),
  z.object({ settle: z.string() }),
  z.object({ clear: z.literal(true) }),
]);
type Line = z.infer<typeof lineSchema>;
type StateLine = Extract<Line, { k: string }>;

interface Known {
  chats: Map<string, ChatCursor>;
  owed: Map<string, { chat: Chat; since: number }>;
  complete: number | undefined;
  linked: number | undefined;
}

export const openCursorBook = async ({ path, time }: { path: string; time: Time }): Promise<CursorBook> => {
  const known: Known = { chats: new Map(), owed: new Map(), complete: undefined, linked: undefined };
  let spent = 0;
  const found = (line: string): void => {
    take(known, lineSchema.parse(JSON.parse(line)));
    spent += 1;
  };
  const file = await openLineFile({ path, time, sync: false, found });
  const append = (line: Line): void => {
    file.append(JSON.stringify(line));
    spent += 1;
    if (spent < spentLinesMax) return;
    spent = 0;
    forgetOld(known);
    file.renew(() => [...linesOf(known)].map((one) => JSON.stringify(one)));
  };
  const put = (line: Line): void => {
    take(known, line);
    append(line);
  };
  const later = (line: StateLine): Keep => {
    const noted = takeState(known, line);
    noted.kept = false;
    return () => {
      noted.kept = true;
      append(line);
    };
  };
  const state = (chat: Chat, id: string) => known.chats.get(chatKey(chat))?.states.get(id);
  return {
    note: (message) => {
      const line = lineOf(message, state(message.key.chat, message.key.id));
      return line === undefined ? undefined : later(line);
    },
    noteAck: (chat, id, ack) => {
      const before = state(chat, id);
      return before === undefined || before.ack >= ack ? undefined : later({ k: chatKey(chat), i: id, a: before.at, h: before.hash, s: ack, in: false });
    },
    noteHanging: (chat, id) => {
      const before = state(chat, id);
      return before === undefined ? undefined : later({ k: chatKey(chat), i: id, a: before.at, h: unsettled, s: before.ack, in: false });
    },
    newest: (chat) => known.chats.get(chatKey(chat)),
    newestAt: () => [...known.chats.values()].reduce((newest, { at }) => Math.max(newest, at), 0),
    wasHeard: (chat) => known.chats.get(chatKey(chat))?.heard ?? false,
    completeThrough: () => known.complete,
    markComplete: (atSeconds) => put({ complete: atSeconds }),
    linkedAt: () => known.linked,
    markLinked: (atSeconds) => put({ linked: atSeconds }),
    owed: () => [...known.owed.values()],
    owe: (chat, since) => put({ owe: chat, since: Math.min(since, known.owed.get(chatKey(chat))?.since ?? since) }),
    settle: (chat) => void (known.owed.has(chatKey(chat)) && put({ settle: chatKey(chat) })),
    clear: () => put({ clear: true }),
    close: () => file.close(),
  };
};

/** No message has it. */
const unsettled = -1;

/** Undefined where it is known in just this state. */
const lineOf = (message: Message, before: State | undefined): StateLine | undefined => {
  const { key, at, order, ack, reactions } = message;
  const same = before?.hash === hashOf(message);
  if (same && before.ack >= ack) return undefined;
  // A change that is told live says nothing of the reactions that it had, and may have lost when it is read back.
  const h = reactions === undefined && before !== undefined && !same ? unsettled : hashOf(message);
  return { k: chatKey(key.chat), i: key.id, a: at, ...(order === undefined ? {} : { o: order }), h, s: ack, in: !key.fromMe };
};

const hashOf = ({ content, editedAt, starred, reactions = [], votes = [] }: Message): number => crc32(JSON.stringify([content, editedAt, starred, reactions, votes]));

const take = (known: Known, line: Line): void => {
  if ('k' in line) takeState(known, line);
  else if ('complete' in line) known.complete = line.complete;
  else if ('linked' in line) known.linked = line.linked;
  else if ('owe' in line) known.owed.set(chatKey(line.owe), { chat: line.owe, since: line.since });
  else if ('settle' in line) known.owed.delete(line.settle);
  else {
    known.chats.clear();
    known.owed.clear();
    Object.assign(known, { complete: undefined, linked: undefined });
  }
};

const takeState = ({ chats }: Known, line: StateLine): State => {
  const chat: ChatCursor = chats.get(line.k) ?? { at: 0, order: undefined, heard: false, states: new Map<string, State>() };
  chats.set(line.k, chat);
  chat.heard ||= line.in;
  if (line.a > chat.at || (line.a === chat.at && (line.o ?? 0) >= (chat.order ?? 0))) {
    chat.at = line.a;
    chat.order = line.o;
  }
  const state: State = { at: line.a, hash: line.h, ack: line.s, kept: true };
  chat.states.set(line.i, state);
  if (chat.states.size <= statesMax * 2) return state;
  const oldest = [...chat.states].toSorted(([, a], [, b]) => a.at - b.at).slice(0, statesMax);
  for (const [id] of oldest) chat.states.delete(id);
  return state;
};

/** Further back nothing is read any more; of each chat remains when it was last spoken in. */
const forgetOld = ({ chats, complete }: Known): void => {
  if (complete === undefined) return;
  const before = complete - rememberedSeconds;
  for (const { states, at } of chats.values()) for (const [id, state] of states) if (state.at < before && state.at < at) states.delete(id);
};

function* linesOf({ chats, owed, complete, linked }: Known): Generator<Line> {
  if (complete !== undefined) yield { complete };
  if (linked !== undefined) yield { linked };
  for (const { chat, since } of owed.values()) yield { owe: chat, since };
  for (const [k, { states, heard, at, order }] of chats) {
    for (const [i, one] of states) if (one.kept) yield { k, i, a: one.at, ...(one.at === at && order !== undefined ? { o: order } : {}), h: one.hash, s: one.ack, in: heard };
  }
}

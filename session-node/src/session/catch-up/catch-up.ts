import type { Message } from '@waxos/contract/node-link/contents';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { Chat } from '@waxos/contract/node-link/identities';
import type { ChangedChat, Driver } from '../../whatsapp/driver.ts';
import { chatKey } from './chat-key.ts';
import type { CursorBook } from './open-cursor-book.ts';
import type { Overtaking } from './open-overtaking.ts';

/** Live events may overtake missed ones by so much. */
const overtakenSeconds = 48 * 3_600;
const pageMessages = 50;
const chatMessagesMax = 5_000;
/** So often a chat is read, of which something is told live in the meantime. */
const roundsMax = 3;

interface CatchUpOptions {
  driver: Pick<Driver, 'listChanged' | 'readBack'>;
  cursors: CursorBook;
  overtaking: Overtaking;
  tell: (event: SessionEvent, kept?: () => void) => void;
  /** Resolves when all that was told is on the disk. */
  kept: () => Promise<void>;
  /** Resolves when what is told in bulk has room. */
  room: () => Promise<void>;
  nowSeconds: () => number;
  historyDays: number;
  failed: (error: unknown) => undefined;
  signal: AbortSignal;
}

export interface CaughtUp {
  chats: number;
  failed: number;
  told: number;
  /** Whether nothing before now is owed but what was told as a gap. */
  complete: boolean;
}

/**
 * Reads back what came while nobody listened: messages that arrive before `ready`, or in a bulk sync, give no event.
 * Each chat that changed is read 48 hours past what is complete, and what was not told in just that state is told.
 * A chat that cannot be read is a gap, told as one and read again next time; the others do not wait for it.
 */
export const catchUp = async (options: CatchUpOptions): Promise<CaughtUp> => {
  const { driver, cursors, signal } = options;
  const began = options.nowSeconds();
  const first = cursors.completeThrough() === undefined;
  const since = Math.max(0, first ? (cursors.linkedAt() ?? began) - options.historyDays * 86_400 - 600 : (cursors.completeThrough() ?? began) - overtakenSeconds);
  const result: CaughtUp = { chats: 0, failed: 0, told: 0, complete: false };
  const changed = await twice(() => driver.listChanged(since), options);
  if (changed === undefined) return result;
  for (const { chat, at, unread, from } of orderChats(changed, cursors, since)) {
    if (signal.aborted) return result;
    const before = cursors.newest(chat)?.at;
    const read = await tellChat(chat, from, { ...options, source: first ? 'history' : 'catch_up' });
    // Where the page ended, it ended for all of them: the next ready begins again.
    if (signal.aborted) return result;
    result.chats += 1;
    if (read === undefined) {
      result.failed += 1;
      cursors.owe(chat, from);
      options.tell({ type: 'gap.found', chat, from, to: options.nowSeconds() });
      continue;
    }
    result.told += read.told;
    const gap = findGap(read, { from, at, unread, knownAt: before });
    if (gap !== undefined) options.tell({ type: 'gap.found', chat, ...gap });
    cursors.settle(chat);
  }
  await options.kept();
  cursors.markComplete(began);
  return { ...result, complete: true };
};

interface ChatToRead {
  chat: Chat;
  at: number;
  unread: number;
  from: number;
}

/** The unread first, of those the newest; what is owed from earlier times is read with them. */
const orderChats = (changed: ChangedChat[], cursors: CursorBook, since: number): ChatToRead[] => {
  const chats = new Map<string, ChatToRead>(changed.map((one) => [chatKey(one.chat), { ...one, from: since }]));
  for (const { chat, since: from } of cursors.owed()) {
    const listed = chats.get(chatKey(chat)) ?? { chat, at: 0, unread: 0, from: since };
    chats.set(chatKey(chat), { ...listed, from: Math.min(from, listed.from) });
  }
  return [...chats.values()].toSorted((a, b) => Number(b.unread > 0) - Number(a.unread > 0) || b.at - a.at);
};

interface Read {
  messages: Message[];
  /** There was more than is read at once. */
  cut: boolean;
}

const readChat = async (chat: Chat, since: number, { driver, signal }: CatchUpOptions): Promise<Read> => {
  const byId = new Map<string, Message>();
  let before = Number.MAX_SAFE_INTEGER;
  let limit = pageMessages;
  while (!signal.aborted) {
    const page = await driver.readBack(chat, { since, limit, ...(before === Number.MAX_SAFE_INTEGER ? {} : { before }) });
    for (const message of page) byId.set(`${message.key.fromMe} ${message.key.id}`, message);
    const oldest = page[0]?.at;
    if (oldest === undefined || page.length < limit) break;
    if (byId.size >= chatMessagesMax) return { messages: sorted(byId), cut: true };
    // The second in which a page ends is asked for again; one that holds more than a page, with a larger one.
    limit = oldest + 1 < before ? pageMessages : limit * 2;
    before = Math.min(before, oldest + 1);
  }
  return { messages: sorted(byId), cut: false };
};

const sorted = (byId: Map<string, Message>): Message[] => [...byId.values()].toSorted((a, b) => a.at - b.at || (a.order ?? 0) - (b.order ?? 0));

type Telling = CatchUpOptions & { source: 'history' | 'catch_up' };

/** Undefined where it cannot be read. What was overtaken while it was read is left to what told of it, and read again for the rest. */
const tellChat = async (chat: Chat, since: number, options: Telling): Promise<(Read & { told: number }) | undefined> => {
  let told = 0;
  for (let round = 1; ; round += 1) {
    const mark = options.overtaking.mark();
    const read = await twice(() => readChat(chat, since, options), options);
    if (read === undefined || options.signal.aborted) return undefined;
    const overtaken: Message[] = [];
    told += await tellRead(read.messages, options, (message) => {
      const isLate = options.overtaking.isSince(message.key, mark);
      if (isLate) overtaken.push(message);
      return isLate;
    });
    if (overtaken.length === 0 || round === roundsMax || options.signal.aborted) return { ...read, told };
  }
};

const tellRead = async (messages: Message[], options: Telling, isLate: (message: Message) => boolean): Promise<number> => {
  let told = 0;
  for (const message of messages) {
    await options.room();
    if (options.signal.aborted) return told;
    if (isLate(message)) continue;
    const noted = options.cursors.note(message);
    if (noted === undefined) continue;
    options.tell({ type: 'message.seen', message, source: options.source }, noted);
    told += 1;
  }
  return told;
};

/** The phone says that more is unread than the page has, or there was too much to read. */
const findGap = ({ messages, cut }: Read, { from, at, unread, knownAt }: { from: number; at: number; unread: number; knownAt: number | undefined }): { from: number; to: number } | undefined => {
  const oldest = messages[0]?.at;
  if (cut && oldest !== undefined) return { from, to: oldest };
  // What was told last is no longer there, so nothing says that what lies between it and the oldest is complete.
  if (knownAt === undefined || knownAt < from || (oldest !== undefined && oldest <= knownAt)) return undefined;
  const heard = messages.filter(({ key }) => !key.fromMe).length;
  return heard >= unread ? undefined : { from: knownAt, to: oldest ?? Math.max(knownAt, at) };
};

const twice = async <T>(act: () => Promise<T>, { signal, failed }: CatchUpOptions): Promise<T | undefined> => {
  for (let tries = 0; tries < 2 && !signal.aborted; tries += 1) {
    const answer = await act().then(
      (value) => ({ value }),
      (error: unknown) => failed(error),
    );
    if (answer !== undefined) return answer.value;
  }
  return undefined;
};

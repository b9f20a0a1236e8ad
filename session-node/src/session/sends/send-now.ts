import type { SendOutcome, SessionEvent } from '@waxos/contract/node-link/events';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { Chat } from '@waxos/contract/node-link/identities';
import type { Driver, Sending } from '../../whatsapp/driver.ts';
import type { CommandBook, CommandEntry } from '../commands/open-command-book.ts';
import { nameOf, refusalOf } from '../driver-errors.ts';
import type { Time } from '../time.ts';
import type { Caps } from './pace.ts';

export type SendFrame = CommandFrame & { command: Extract<CommandFrame['command'], { type: 'message.send' }> };
export const isSend = (frame: CommandFrame): frame is SendFrame => frame.command.type === 'message.send';

export interface LaneOptions {
  book: CommandBook;
  time: Time;
  random: () => number;
  tell: (event: SessionEvent, kept?: () => void) => void;
  /** The page, while it can send. */
  driver: () => Driver | undefined;
  /** Aborted when the page it is in, or the session, is over: no answer comes any more. */
  over: () => AbortSignal;
  leaseUntil: () => number;
  paced: () => boolean;
  /** The device's own, where it has some. */
  caps: () => Caps | undefined;
  linkedAt: () => number;
  isStranger: (chat: Chat) => boolean;
  fetchMedia: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
  /** A tick is owed from now on, or no longer. */
  awaitTick: (messageId: string) => void;
  dropTick: (messageId: string) => void;
  /** A message can only be judged after a clean stop. */
  askCleanStop: () => void;
  failed: (what: string, error: unknown) => void;
}

const mediaMs = 10 * 60_000;
/** A signal takes whole milliseconds. */
const within = (ms: number): AbortSignal => AbortSignal.timeout(Math.min(mediaMs, Math.max(1, Math.floor(ms))));

export const messageIdOf = ({ frame }: CommandEntry): string | undefined => (frame !== undefined && 'messageId' in frame.command ? frame.command.messageId : undefined);

/** Told first, noted when that is on the disk: a crash between the two tells it twice, never not at all. */
export const finish = async ({ book, tell, failed }: Pick<LaneOptions, 'book' | 'tell' | 'failed'>, entry: CommandEntry, result: SendOutcome): Promise<void> => {
  try {
    await new Promise<void>((resolve) => tell({ type: 'send.ended', command: entry.id, result }, resolve));
    await book.finish(entry, result);
  } catch (error) {
    failed('keep an outcome', error);
  }
};

export const sendNow = async (options: LaneOptions, driver: Driver, { frame, entry }: { frame: SendFrame; entry: CommandEntry }): Promise<void> => {
  const { book, time, tell } = options;
  const { messageId: id, chat, content, quoted, mentions } = frame.command;
  const again = entry.phase !== 'taken';
  const media = content.kind === 'media' ? await options.fetchMedia(content.media.url, within(frame.deadline - time.now().getTime())).catch((error: unknown) => options.failed('fetch media', error)) : undefined;
  // Behind the fetch: the lease is renewed while a large file comes.
  const notAfter = Math.min(frame.deadline, options.leaseUntil());
  if (content.kind === 'media' && media === undefined) return finish(options, entry, { outcome: 'failed', reason: 'media_missing' });
  if (time.now().getTime() > notAfter) return finish(options, entry, again ? { outcome: 'uncertain', id } : { outcome: 'failed', reason: 'too_late' });
  const sending: CommandEntry = { id: entry.id, phase: 'sending', at: time.now().getTime(), frame, tries: entry.tries + 1, stranger: options.isStranger(chat) };
  await book.put(sending);
  options.awaitTick(id);
  const message: Sending = { chat, id, content, notAfter, ...(media === undefined ? {} : { media }), ...(quoted === undefined ? {} : { quoted }), ...(mentions === undefined ? {} : { mentions }) };
  try {
    const { at } = await unlessOver(driver.send(message), options.over());
    options.dropTick(id);
    await finish(options, sending, { outcome: 'sent', id, at });
  } catch (error) {
    const reason = refusalOf(error);
    if (reason !== undefined) options.dropTick(id);
    if (reason !== undefined) return finish(options, sending, { outcome: 'failed', reason });
    options.failed(`send (${nameOf(error)})`, error);
    // Its browser may have ended meanwhile, and that has noted how.
    const now = book.find(entry.id) ?? sending;
    if (now.phase === 'done') return;
    await book.put({ ...now, phase: 'checking' });
    tell({ type: 'send.ended', command: entry.id, result: { outcome: 'checking', id } });
  }
};

const unlessOver = <T>(answer: Promise<T>, over: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = (): void => reject(Object.assign(new Error('the page is over'), { name: 'PageOver' }));
    over.addEventListener('abort', end, { once: true });
    answer.then(resolve, reject).finally(() => over.removeEventListener('abort', end));
    if (over.aborted) end();
  });

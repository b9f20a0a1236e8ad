import type { Readable } from 'node:stream';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { Upload } from '@waxos/contract/node-link/uploads';
import type { Driver } from '../../whatsapp/driver.ts';
import type { CommandBook, CommandEntry } from '../commands/open-command-book.ts';
import type { Time } from '../time.ts';

/**
 * Media, pictures and groups that are to be fetched from the page, a few at a time: their bytes pass through its
 * debugger. They are commands kept on the disk, so a retry outlives its session and its node.
 *
 *   taken ──a try──▶ done
 *             └──▶ later, told as such ──when it is due and the page works──▶ tried again; after the last try, done
 */
export interface FetchLane {
  push: (entry: CommandEntry) => void;
  /** The page works: what waits for it, and is due, is fetched. */
  wake: () => void;
  close: () => Promise<void>;
}

export interface FetchOptions {
  book: CommandBook;
  time: Time;
  tell: (event: SessionEvent) => void;
  /** The page, while it can be worked with. */
  driver: () => Driver | undefined;
  upload: (of: Upload, bytes: { mimetype: string; bytes: Readable }, signal: AbortSignal) => Promise<'stored' | 'too_large' | 'later'>;
  failed: (what: string, error: unknown) => undefined;
}

type FetchCommand = Extract<CommandFrame['command'], { type: 'media.fetch' | 'picture.fetch' | 'group.fetch' }>;
type Outcome = 'stored' | 'gone' | 'too_large' | 'later';

const deadlineMs = 5 * 60_000;
const minute = 60_000;
const retriesMs = [minute / 2, 2 * minute, 10 * minute, 60 * minute, 6 * 60 * minute];
const atATime = 2;

export const fetchOf = ({ frame }: Pick<CommandEntry, 'frame'>): FetchCommand | undefined => {
  const command = frame?.command;
  return command?.type === 'media.fetch' || command?.type === 'picture.fetch' || command?.type === 'group.fetch' ? command : undefined;
};

interface Lane {
  options: FetchOptions;
  waiting: Map<string, CommandEntry>;
  running: Map<string, Promise<void>>;
  ending: AbortController;
  cancelWait: () => void;
}

export const openFetchLane = (options: FetchOptions): FetchLane => {
  const lane: Lane = { options, waiting: new Map(), running: new Map(), ending: new AbortController(), cancelWait: () => undefined };
  return {
    push: (entry) => {
      lane.waiting.set(entry.id, entry);
      if (options.driver() === undefined && entry.phase === 'taken') tellOutcome(lane, entry, 'later');
      pump(lane);
    },
    wake: () => pump(lane),
    close: async () => {
      lane.ending.abort();
      lane.cancelWait();
      await Promise.all(lane.running.values());
    },
  };
};

const pump = (lane: Lane): void => {
  const { options, waiting, running, ending } = lane;
  lane.cancelWait();
  if (ending.signal.aborted || options.driver() === undefined) return;
  const now = options.time.now().getTime();
  const order = [...waiting.values()].toSorted((a, b) => dueOf(a) - dueOf(b));
  for (const entry of order) {
    if (running.size >= atATime) return;
    const waitMs = dueOf(entry) - now;
    if (waitMs > 0) {
      lane.cancelWait = options.time.after(waitMs, () => pump(lane));
      return;
    }
    waiting.delete(entry.id);
    const work = tryOnce(lane, entry)
      .catch((error: unknown) => options.failed('keep a fetch', error))
      .then(() => {
        running.delete(entry.id);
        pump(lane);
      });
    running.set(entry.id, work);
  }
};

const dueOf = ({ due = 0 }: CommandEntry): number => due;

const tryOnce = async (lane: Lane, entry: CommandEntry): Promise<void> => {
  const { options, ending, waiting } = lane;
  const { book, time, failed } = options;
  const outcome = await untilAborted(fetchOnce(options, entry, AbortSignal.any([ending.signal, AbortSignal.timeout(deadlineMs)])), ending.signal).catch((error: unknown) => failed('fetch', error) ?? ('later' as const));
  // Interrupted, it stays as it was, and is tried again by the next session.
  if (ending.signal.aborted) return;
  const tries = entry.tries + 1;
  const retryMs = outcome === 'later' ? retriesMs[tries - 1] : undefined;
  if (outcome !== 'later' || entry.phase === 'taken') tellOutcome(lane, entry, outcome);
  if (retryMs === undefined) return book.finish(entry, undefined);
  const later: CommandEntry = { ...entry, phase: 'later', tries, due: time.now().getTime() + retryMs };
  waiting.set(entry.id, later);
  await book.put(later);
};

const uploadOf = (command: FetchCommand | undefined): Upload | undefined => {
  if (command?.type === 'media.fetch') return { what: 'media', key: command.key };
  return command?.type === 'picture.fetch' ? { what: 'picture', chat: command.chat } : undefined;
};

const tellOutcome = ({ options }: Lane, entry: CommandEntry, outcome: Outcome): void => {
  const upload = uploadOf(fetchOf(entry));
  if (upload !== undefined) options.tell({ type: 'upload.ended', upload, outcome });
};

const fetchOnce = async ({ driver, tell, upload }: FetchOptions, entry: CommandEntry, signal: AbortSignal): Promise<Outcome> => {
  const [page, command] = [driver(), fetchOf(entry)];
  if (page === undefined) return 'later';
  if (command === undefined) return 'gone';
  if (command.type === 'group.fetch') {
    tell(await page.readGroup(command.group));
    return 'stored';
  }
  const of: Upload = command.type === 'media.fetch' ? { what: 'media', key: command.key } : { what: 'picture', chat: command.chat };
  const found = command.type === 'media.fetch' ? await page.fetchMedia(command.key, signal) : await page.fetchPicture(command.chat, signal);
  if (found === 'none' && command.type === 'picture.fetch') tell({ type: 'picture.changed', chat: command.chat, has: false });
  return typeof found === 'string' ? 'gone' : upload(of, found, signal);
};

/** What does not hear the signal is not waited for. */
const untilAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = (): void => reject(new Error('the session is over'));
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });

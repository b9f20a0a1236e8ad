import type { SessionEvent } from '@waxos/contract/node-link/events';
import { openLineFile, type LineFile } from '../files/open-line-file.ts';
import type { Time } from '../time.ts';
import { formatEntry, formatForgotten, formatHead, readOutbox, type Entry } from './read-outbox.ts';

/**
 * What a session has told and the gateway has not yet acknowledged, on disk.
 *
 *   told ──written and synced──▶ kept (may be sent) ──acknowledged──▶ forgotten
 *
 * Only what is kept is given out: a number that went to the gateway and was not on the disk would, after a crash, be
 * given to another event, and that one would be passed over. When more than `bytesMax` waits it is full: whoever tells
 * it things is to stop taking messages off the network. It never drops one itself.
 */
export interface Outbox {
  device: string;
  epoch: number;
  tell: (event: SessionEvent, kept?: () => void) => void;
  /** Resolves when all that was told so far is on the disk. */
  kept: () => Promise<void>;
  /** The next ones behind a number, oldest first. */
  read: (afterSeq: number, limit: number) => Entry[];
  /** The gateway has everything through this number. */
  forget: (throughSeq: number) => void;
  isFull: () => boolean;
  /** Less than half of it waits: there is room for what is told in bulk. */
  hasRoom: () => boolean;
  /** Told when there is something new to read, and when it becomes full or has drained. */
  watch: (watcher: OutboxWatcher) => () => void;
  /** Resolves when everything told is on the disk and its file is closed. */
  close: () => Promise<void>;
}

export interface OutboxWatcher {
  kept?: () => void;
  forgotten?: () => void;
  full?: () => void;
  drained?: () => void;
}

interface OutboxOptions {
  path: string;
  device: string;
  epoch: number;
  time: Time;
  bytesMax: number;
  troubled?: (error: unknown) => void;
}

/** So much of what is forgotten may stay in the file. */
const spentBytesMax = 512 * 1_024;

const readOr = async (file: LineFile, epoch: number): Promise<ReturnType<typeof readOutbox>> => {
  try {
    return readOutbox(file.found, epoch);
  } catch (error) {
    await file.close();
    throw error;
  }
};

interface Box {
  options: OutboxOptions;
  file: LineFile;
  entries: Entry[];
  next: number;
  keptThrough: number;
  waitingBytes: number;
  watchers: Set<OutboxWatcher>;
  awaiting: { seq: number; resolve: () => void }[];
  /** The disk took nothing when it was last asked. */
  refused: boolean;
  full: boolean;
}

export const openOutbox = async (options: OutboxOptions): Promise<Outbox> => {
  const { device, epoch, path, time } = options;
  const trouble: { told?: (error: unknown) => void } = {};
  const file = await openLineFile({ path, time, sync: true, troubled: (error) => trouble.told?.(error) });
  const { entries, next, renew } = await readOr(file, epoch);
  const waitingBytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const box: Box = { options, file, entries, next, keptThrough: next - 1, waitingBytes, watchers: new Set(), awaiting: [], refused: false, full: waitingBytes > options.bytesMax };
  trouble.told = (error) => {
    box.refused = true;
    options.troubled?.(error);
    judge(box);
  };
  if (renew) await file.rewrite(() => formatKept(box));
  return {
    device,
    epoch,
    tell: (event, kept) => tell(box, event, kept),
    kept: () => (box.keptThrough >= box.next - 1 ? Promise.resolve() : new Promise((resolve) => box.awaiting.push({ seq: box.next - 1, resolve }))),
    read: (afterSeq, limit) => {
      const from = entries.findIndex(({ seq }) => seq > afterSeq);
      return from === -1 ? [] : entries.slice(from, from + limit).filter(({ seq }) => seq <= box.keptThrough);
    },
    forget: (throughSeq) => forget(box, throughSeq),
    isFull: () => box.full,
    hasRoom: () => !box.full && box.waitingBytes <= options.bytesMax / 2,
    watch: (watcher) => {
      box.watchers.add(watcher);
      return () => box.watchers.delete(watcher);
    },
    close: () => file.close(),
  };
};

const formatKept = ({ options, entries, keptThrough }: Box): string[] => [formatHead(options.epoch, keptThrough + 1), ...entries.filter(({ seq }) => seq <= keptThrough).map((entry) => entry.line)];

const tell = (box: Box, event: SessionEvent, kept?: () => void): void => {
  const entry = formatEntry({ seq: box.next, at: box.options.time.now().getTime(), event });
  box.next += 1;
  box.entries.push(entry);
  box.waitingBytes += entry.bytes;
  box.file.append(entry.line, () => {
    box.keptThrough = entry.seq;
    box.refused = false;
    kept?.();
    while (box.awaiting[0] !== undefined && box.awaiting[0].seq <= entry.seq) box.awaiting.shift()?.resolve();
    judge(box);
    for (const watcher of box.watchers) watcher.kept?.();
  });
  judge(box);
};

const forget = (box: Box, throughSeq: number): void => {
  const count = box.entries.findIndex(({ seq }) => seq > Math.min(throughSeq, box.keptThrough));
  const gone = box.entries.splice(0, count === -1 ? box.entries.length : count);
  const last = gone.at(-1);
  if (last === undefined) return;
  box.waitingBytes -= gone.reduce((sum, entry) => sum + entry.bytes, 0);
  box.file.append(formatForgotten(last.seq));
  // What is not kept yet is appended behind it, when its turn comes.
  if (box.file.bytes() - box.waitingBytes > spentBytesMax) box.file.renew(() => formatKept(box));
  judge(box);
  for (const watcher of box.watchers) watcher.forgotten?.();
};

const judge = (box: Box): void => {
  const { bytesMax } = box.options;
  if (!box.full && (box.refused || box.waitingBytes > bytesMax)) {
    box.full = true;
    for (const watcher of box.watchers) watcher.full?.();
  } else if (box.full && !box.refused && box.waitingBytes <= bytesMax / 2) {
    box.full = false;
    for (const watcher of box.watchers) watcher.drained?.();
  }
};

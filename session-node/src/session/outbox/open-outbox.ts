import type { SessionEvent } from '@waxos/contract/node-link/events';
import { openLineFile, type LineFile, type Lines } from '../files/open-line-file.ts';
import type { Time } from '../time.ts';
import { indexEntries, type EntryIndex } from './index-entries.ts';
import { openTail, type Tail } from './open-tail.ts';
import { readKept, readOn } from './read-kept.ts';
import { findEntries, formatEntry, formatForgotten, formatHead, parseEntry, type Entry, type Found } from './read-outbox.ts';

/**
 * What a session has told and the gateway has not yet acknowledged, on disk.
 *
 *   told ──written and synced──▶ kept (may be sent) ──acknowledged──▶ forgotten
 *
 * Only what is kept is given out: a number that went to the gateway and was not on the disk would, after a crash, be
 * given to another event, and that one would be passed over. Of what waits for long only its place is in memory. When
 * more than `bytesMax` waits it is full: whoever tells it things is to stop taking messages off the network. It never
 * drops one itself.
 */
export interface Outbox {
  device: string;
  epoch: number;
  tell: (event: SessionEvent, kept?: () => void) => void;
  /** Resolves when all that was told so far is on the disk. */
  kept: () => Promise<void>;
  /** The next ones behind a number, oldest first. */
  read: (afterSeq: number, limit: number) => Promise<Entry[]>;
  /** The gateway has everything through this number. */
  forget: (throughSeq: number) => void;
  isFull: () => boolean;
  /** Less than half of it waits: there is room for what is told in bulk. */
  hasRoom: () => boolean;
  /** What waits, and how much memory that takes. */
  standing: () => { events: number; bytes: number; heldBytes: number; oldestAt: number | undefined };
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

/** Its share of the disk, which the outboxes of a node have together. */
export interface OutboxShare {
  note: (waitingBytes: number) => void;
  bytesMax: () => number;
  close: () => void;
}

interface OutboxOptions {
  path: string;
  device: string;
  epoch: number;
  time: Time;
  bytesMax: number;
  share?: OutboxShare | undefined;
  troubled?: (error: unknown) => void;
}

/** So much of what is forgotten may stay in the file, or as much as still waits. */
const spentBytesMax = 512 * 1_024;

interface Box {
  options: OutboxOptions;
  file: LineFile;
  /** Of what is kept. */
  index: EntryIndex;
  /** What is not kept yet, and the newest of what is. */
  tail: Tail;
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
  const { device, epoch } = options;
  const box = await openBox(options);
  return {
    device,
    epoch,
    tell: (event, kept) => tell(box, event, kept),
    kept: () => (box.keptThrough >= box.next - 1 ? Promise.resolve() : new Promise((resolve) => box.awaiting.push({ seq: box.next - 1, resolve }))),
    read: (afterSeq, limit) => read(box, afterSeq, limit),
    forget: (throughSeq) => forget(box, throughSeq),
    isFull: () => box.full,
    hasRoom: () => !box.full && box.waitingBytes <= limitOf(box) / 2,
    standing: () => ({
      events: box.next - box.index.first(),
      bytes: box.waitingBytes,
      heldBytes: box.index.heldBytes() + box.tail.bytes() + box.file.waitingBytes(),
      oldestAt: box.index.find(box.index.first())?.toldAt,
    }),
    watch: (watcher) => {
      box.watchers.add(watcher);
      return () => box.watchers.delete(watcher);
    },
    close: () => {
      options.share?.close();
      return box.file.close();
    },
  };
};

const openBox = async (options: OutboxOptions): Promise<Box> => {
  const { epoch, path, time } = options;
  const trouble: { told?: (error: unknown) => void } = {};
  const entries = findEntries();
  const file = await openLineFile({ path, time, sync: true, troubled: (error) => trouble.told?.(error), found: entries.take });
  try {
    const { index, next } = await takeUp(file, entries.found(), epoch);
    let waitingBytes = 0;
    for (let seq = index.first(); seq < next; seq += 1) waitingBytes += index.find(seq)?.bytes ?? 0;
    const box: Box = { options, file, index, tail: openTail(), next, keptThrough: next - 1, waitingBytes, watchers: new Set(), awaiting: [], refused: false, full: false };
    options.share?.note(waitingBytes);
    box.full = waitingBytes > limitOf(box);
    trouble.told = (error) => {
      box.refused = true;
      options.troubled?.(error);
      judge(box);
    };
    return box;
  } catch (error) {
    options.share?.close();
    await file.close();
    throw error;
  }
};

/** Events of an older epoch, which a gateway would refuse, get numbers of this one. */
const takeUp = async (file: LineFile, found: Found, epoch: number): Promise<{ index: EntryIndex; next: number }> => {
  const former = indexEntries(found.places[0]?.seq ?? found.next);
  for (const place of found.places) former.push(place);
  if (found.epoch === epoch) return { index: former, next: found.next };
  if (found.epoch !== undefined && found.epoch > epoch) throw new Error(`the outbox is of epoch ${found.epoch}, which is newer than ${epoch}`);
  const left = new Set(found.places.flatMap(({ seq, passing }) => (passing ? [] : [seq])));
  const index = indexEntries(1);
  const lines: Lines = async function* (readBytes) {
    yield formatHead(epoch, left.size + 1);
    for await (const { seq, text } of readOn(former, readBytes, { from: former.first(), through: found.next - 1 })) {
      if (!left.has(seq)) continue;
      const { at, event } = parseEntry(text);
      const renumbered = formatEntry({ seq: index.count() + 1, at, event });
      index.push({ at: 0, bytes: bytesOf(renumbered), toldAt: at });
      yield renumbered;
    }
  };
  await file.rewrite(lines, ([, ...places]) => {
    for (const [offset, at] of places.entries()) index.move(offset + 1, at);
  });
  return { index, next: left.size + 1 };
};

/** Of its line: with the checksum before it, and its end. */
const bytesOf = (text: string): number => Buffer.byteLength(text) + 10;

const read = async (box: Box, afterSeq: number, limit: number): Promise<Entry[]> => {
  const from = Math.max(afterSeq + 1, box.index.first());
  const through = Math.min(from + limit - 1, box.keptThrough);
  return box.tail.find(from, through) ?? box.file.read((readBytes) => readKept(box.index, readBytes, { from, through }));
};

const tell = (box: Box, event: SessionEvent, kept?: () => void): void => {
  const entry: Entry = { seq: box.next, at: box.options.time.now().getTime(), event };
  const text = formatEntry(entry);
  const bytes = bytesOf(text);
  box.next += 1;
  box.tail.push(entry, bytes);
  count(box, bytes);
  box.file.append(text, (at) => {
    box.index.push({ at, bytes, toldAt: entry.at });
    box.keptThrough = entry.seq;
    box.tail.trim(box.keptThrough);
    box.refused = false;
    kept?.();
    while (box.awaiting[0] !== undefined && box.awaiting[0].seq <= entry.seq) box.awaiting.shift()?.resolve();
    judge(box);
    for (const watcher of box.watchers) watcher.kept?.();
  });
  judge(box);
};

const forget = (box: Box, throughSeq: number): void => {
  const { index, tail, file } = box;
  const through = Math.min(throughSeq, box.keptThrough);
  if (through < index.first()) return;
  count(box, -index.drop(through));
  tail.drop(through);
  file.append(formatForgotten(through));
  if (file.bytes() - box.waitingBytes > Math.max(spentBytesMax, box.waitingBytes)) renew(box);
  judge(box);
  for (const watcher of box.watchers) watcher.forgotten?.();
};

/** What is not kept yet is appended behind it, when its turn comes. */
const renew = ({ file, index, options }: Box): void => {
  const numbers: number[] = [];
  const lines: Lines = async function* (readBytes) {
    const [first, last] = [index.first(), index.first() + index.count() - 1];
    yield formatHead(options.epoch, last + 1);
    for await (const { seq, text } of readOn(index, readBytes, { from: first, through: last })) {
      numbers.push(seq);
      yield text;
    }
    // Some may have been forgotten on the way, and the file would have a hole where they were.
    yield formatForgotten(index.first() - 1);
  };
  file.renew(lines, ([, ...places]) => {
    for (const [offset, seq] of numbers.entries()) index.move(seq, places[offset] ?? 0);
  });
};

const count = (box: Box, bytes: number): void => {
  box.waitingBytes += bytes;
  box.options.share?.note(box.waitingBytes);
};

const limitOf = ({ options }: Box): number => Math.min(options.bytesMax, options.share?.bytesMax() ?? Infinity);

const judge = (box: Box): void => {
  const bytesMax = limitOf(box);
  if (!box.full && (box.refused || box.waitingBytes > bytesMax)) {
    box.full = true;
    for (const watcher of box.watchers) watcher.full?.();
  } else if (box.full && !box.refused && box.waitingBytes <= bytesMax / 2) {
    box.full = false;
    for (const watcher of box.watchers) watcher.drained?.();
  }
};

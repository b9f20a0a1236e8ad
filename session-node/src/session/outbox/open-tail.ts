import type { Entry } from './read-outbox.ts';

/** The newest entries, in memory: while the gateway keeps up nothing is read from the file. */
export interface Tail {
  push: (entry: Entry, bytes: number) => void;
  /** Undefined where not all of them are here. */
  find: (from: number, through: number) => Entry[] | undefined;
  /** Lets go of the oldest that are kept, where there are too many. */
  trim: (keptThrough: number) => void;
  drop: (throughSeq: number) => void;
  bytes: () => number;
}

const bytesMax = 256 * 1_024;

export const openTail = (): Tail => {
  let entries: { entry: Entry; bytes: number }[] = [];
  // Of those that are still here; the ones before it go when they are half of it all.
  let begin = 0;
  let held = 0;
  const dropWhile = (isGone: (seq: number) => boolean): void => {
    for (let oldest = entries[begin]; oldest !== undefined && isGone(oldest.entry.seq); oldest = entries[begin]) {
      held -= oldest.bytes;
      begin += 1;
    }
    if (begin * 2 <= entries.length) return;
    entries = entries.slice(begin);
    begin = 0;
  };
  return {
    push: (entry, bytes) => {
      entries.push({ entry, bytes });
      held += bytes;
    },
    find: (from, through) => {
      if (through < from) return [];
      const first = entries[begin]?.entry.seq ?? Infinity;
      return from < first ? undefined : entries.slice(begin + from - first, begin + through - first + 1).map(({ entry }) => entry);
    },
    trim: (keptThrough) => dropWhile((seq) => held > bytesMax && seq <= keptThrough),
    drop: (throughSeq) => dropWhile((seq) => seq <= throughSeq),
    bytes: () => held,
  };
};

import type { Happened, LedgerEntry } from '../ledger-entry.ts';
import type { Ledger } from '../network.ts';
import { writeLines, type Journal } from './journal.ts';

export interface OpenLedger extends Ledger {
  append: (happened: Happened, at: number) => LedgerEntry;
  /** Takes the last entry back: it could not be folded, and must not be read at the next start. */
  withdraw: (entry: LedgerEntry) => void;
  /** Tells the journal and the listeners what was appended since, in order. Where the journal fails nobody is told; it is tried again. */
  publish: () => void;
  /** Something happened that the journal could not take yet. */
  isBehind: () => boolean;
  /** As lines of JSON. */
  bytes: () => number;
}

/** Everything that happened, in memory; in a journal too where there is one. */
export const openLedger = (journal?: Journal): OpenLedger => {
  const { entries, length } = journal?.read() ?? { entries: [], length: 0 };
  const listeners = new Set<(entry: LedgerEntry) => void>();
  let published = entries.length;
  let written = entries.length;
  let bytes = length;
  const write = (): void => {
    if (written === entries.length) return;
    const lines = writeLines(entries.slice(written));
    journal?.append(lines);
    written = entries.length;
    bytes += Buffer.byteLength(lines);
  };

  return {
    append: (happened, at) => {
      const entry: LedgerEntry = { ...happened, n: entries.length + 1, at };
      entries.push(entry);
      return entry;
    },
    withdraw: (entry) => {
      if (entries.at(-1) === entry && written < entries.length) entries.pop();
    },
    publish: () => {
      // A listener may cause more; that is written, and waits for its turn here.
      for (;;) {
        write();
        const entry = entries[published];
        if (entry === undefined) return;
        published += 1;
        for (const listener of listeners) listener(entry);
      }
    },
    isBehind: () => written < entries.length,
    bytes: () => bytes,
    size: () => entries.length,
    read: (from, limit) => entries.slice(Math.max(0, from - 1), Math.max(0, from - 1) + limit),
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

import type { Happened, LedgerEntry } from '../ledger-entry.ts';
import type { Ledger } from '../network.ts';
import type { Journal } from './journal.ts';

export interface OpenLedger extends Ledger {
  append: (happened: Happened, at: number) => LedgerEntry;
  /** Tells the journal and the listeners what was appended since, in order. */
  publish: () => void;
}

/** Everything that happened, in memory; in a journal too where there is one. */
export const openLedger = (journal?: Journal): OpenLedger => {
  const entries: LedgerEntry[] = journal === undefined ? [] : [...journal.read()];
  const listeners = new Set<(entry: LedgerEntry) => void>();
  let published = entries.length;
  let written = entries.length;

  return {
    append: (happened, at) => {
      const entry: LedgerEntry = { ...happened, n: entries.length + 1, at };
      entries.push(entry);
      return entry;
    },
    publish: () => {
      if (journal !== undefined && written < entries.length) {
        const fresh = entries.slice(written);
        written = entries.length;
        journal.append(fresh);
      }
      // A listener may cause more; that waits for its turn here.
      for (let entry = entries[published]; entry !== undefined; entry = entries[published]) {
        published += 1;
        for (const listener of listeners) listener(entry);
      }
    },
    size: () => entries.length,
    read: (from, limit) => entries.slice(Math.max(0, from - 1), Math.max(0, from - 1) + limit),
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

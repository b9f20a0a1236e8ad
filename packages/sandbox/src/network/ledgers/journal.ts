import type { LedgerEntry } from '../ledger-entry.ts';

/** Where a ledger outlives its process. Entries come in order, each once. */
export interface Journal {
  append: (entries: readonly LedgerEntry[]) => void;
  read: () => Iterable<LedgerEntry>;
  close: () => Promise<void>;
}

export const writeLines = (entries: readonly LedgerEntry[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

/**
 * What a file of lines holds. A line without its end was being written when the process died: it had not happened
 * for anyone yet, and is dropped; `length` is where the next one has to be written. Anything else that cannot be
 * read is an error, for what follows builds upon it.
 */
export const readLines = (text: string): { entries: LedgerEntry[]; length: number } => {
  const length = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, length).split('\n').slice(0, -1);
  return { entries: lines.map((line, index) => readLine(line, index + 1)), length };
};

const readLine = (line: string, n: number): LedgerEntry => {
  const entry = JSON.parse(line) as LedgerEntry;
  if (entry.n !== n) throw new Error(`The ledger's line ${n} holds entry ${String(entry.n)}: lines are missing or were mixed up.`);
  return entry;
};

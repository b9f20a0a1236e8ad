import type { LedgerEntry } from '../ledger-entry.ts';

export interface ReadLedger {
  entries: LedgerEntry[];
  length: number;
}

/** Where a ledger outlives its process. Entries come in order, each once, as lines of JSON. */
export interface Journal {
  /** Writes the lines whole; or throws, and has written nothing. */
  append: (lines: string) => void;
  /** All of it, and how long it is in bytes. */
  read: () => ReadLedger;
  close: () => Promise<void>;
}

export const writeLines = (entries: readonly LedgerEntry[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

const NEWLINE = 10;

/**
 * What a file of lines holds, piece by piece: a ledger may be longer than a text can be. A line without its end was
 * being written when the process died: it had not happened for anyone yet, and is dropped; `length` is where the next
 * one has to be written, in bytes. Anything else that cannot be read is an error, for what follows builds upon it.
 */
export const readLines = (chunks: Iterable<Uint8Array>): ReadLedger => {
  const entries: LedgerEntry[] = [];
  let rest: Uint8Array[] = [];
  let length = 0;
  for (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    rest.push(chunk.subarray(0, end));
    if (end > 0) {
      const whole = Buffer.concat(rest);
      length += whole.length;
      for (const line of whole.toString('utf8', 0, whole.length - 1).split('\n')) entries.push(readLine(line, entries.length + 1));
      rest = [];
    }
    rest.push(chunk.subarray(end));
  }
  return { entries, length };
};

const readLine = (line: string, n: number): LedgerEntry => {
  const entry = JSON.parse(line) as LedgerEntry;
  if (entry.n !== n) throw new Error(`The ledger's line ${n} holds entry ${String(entry.n)}: lines are missing or were mixed up.`);
  return entry;
};

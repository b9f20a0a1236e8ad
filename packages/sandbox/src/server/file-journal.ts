import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readLines, writeLines, type Journal } from '../network/ledgers/journal.ts';
import { folderName } from './media-store.ts';

/** Ledgers as files of lines, a folder a network. Written before anyone is told, so a killed process takes nothing back. */
export interface Journals {
  open: (network: string) => Journal;
  /** Networks that have one already. */
  list: () => string[];
}

const named = 'network.txt';

export const openJournals = (folder: string): Journals => ({
  open: (network) => {
    const own = join(folder, folderName(network));
    mkdirSync(own, { recursive: true, mode: 0o700 });
    if (!existsSync(join(own, named))) {
      writeFileSync(join(own, `${named}.new`), network, { mode: 0o600 });
      renameSync(join(own, `${named}.new`), join(own, named));
    }
    return openFileJournal(join(own, 'ledger.jsonl'));
  },
  list: () => {
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((name) => (existsSync(join(folder, name, named)) ? [readFileSync(join(folder, name, named), 'utf8')] : []));
  },
});

const openFileJournal = (path: string): Journal => {
  const file = openSync(path, 'a+', 0o600);
  return {
    append: (entries) => writeWhole(file, Buffer.from(writeLines(entries))),
    read: () => {
      const text = readFileSync(path, 'utf8');
      const { entries, length } = readLines(text);
      // The next line must not be written behind half of one.
      if (length < text.length) ftruncateSync(file, Buffer.byteLength(text.slice(0, length)));
      return entries;
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
      return Promise.resolve();
    },
  };
};

/** A disk that is nearly full takes a part only. */
const writeWhole = (file: number, bytes: Uint8Array): void => {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
};

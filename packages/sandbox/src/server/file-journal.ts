import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readLines, type Journal } from '../network/ledgers/journal.ts';
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
  let length = fstatSync(file).size;
  return {
    append: (lines) => {
      // What two processes write into each other nobody can read again.
      if (fstatSync(file).size !== length) throw new Error('Another process has written to this ledger. Only one sandbox may have a data folder: stop the other.');
      const bytes = Buffer.from(lines);
      try {
        writeWhole(file, bytes);
      } catch (error) {
        // A full disk takes a part, and the next line must not be written behind half of one.
        ftruncateSync(file, length);
        throw error;
      }
      length += bytes.length;
    },
    read: () => {
      const read = readLines(chunksOf(file));
      length = read.length;
      if (length < fstatSync(file).size) ftruncateSync(file, length);
      return read;
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
      return Promise.resolve();
    },
  };
};

const CHUNK_BYTES = 4 * 1024 * 1024;

function* chunksOf(file: number): Generator<Uint8Array> {
  for (let at = 0; ; ) {
    // A new one each time: what is left of one line waits for the next piece.
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const size = readSync(file, chunk, 0, CHUNK_BYTES, at);
    if (size === 0) return;
    at += size;
    yield chunk.subarray(0, size);
  }
}

/** A disk that is nearly full takes a part only. */
const writeWhole = (file: number, bytes: Uint8Array): void => {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
};

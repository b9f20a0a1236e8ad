import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LogFile {
  write: (line: string) => void;
  close: () => Promise<void>;
}

interface LogFileOptions {
  path: string;
  bytesMax?: number;
  onProblem: (sentence: string) => void;
}

/** A file of lines that is put aside as `.1` when it has grown too big, so that two of them is all there ever is. */
export const openLogFile = async ({ path, bytesMax = 10_000_000, onProblem }: LogFileOptions): Promise<LogFile> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let told = false;
  let bytes = existsSync(path) ? statSync(path).size : 0;
  const open = (): WriteStream =>
    createWriteStream(path, { flags: 'a', mode: 0o600 }).on('error', (error) => {
      // A full disk must not end what is being logged.
      if (!told) onProblem(`The log ${path} cannot be written (${error.message}).`);
      told = true;
    });
  let stream = open();
  const write = (line: string): void => {
    if (bytes > bytesMax) {
      stream.end();
      renameSync(path, `${path}.1`);
      stream = open();
      bytes = 0;
    }
    bytes += Buffer.byteLength(line) + 1;
    stream.write(`${line}\n`);
  };
  const close = (): Promise<void> => new Promise((resolve) => (stream.destroyed ? resolve() : stream.end(() => resolve())));
  return { write, close };
};

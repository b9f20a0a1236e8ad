import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LogFile {
  write: (line: string) => void;
  close: () => void;
}

interface LogFileOptions {
  path: string;
  bytesMax?: number;
  onProblem: (sentence: string) => void;
}

/** A file of lines that is put aside as `.1` when it has grown too big, so that two of them is all there ever is. */
export const openLogFile = async ({ path, bytesMax = 10_000_000, onProblem }: LogFileOptions): Promise<LogFile> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let file = openSync(path, 'a', 0o600);
  let { size: bytes } = fstatSync(file);
  let hasProblem = false;
  const rotate = (): void => {
    closeSync(file);
    renameSync(path, `${path}.1`);
    file = openSync(path, 'a', 0o600);
    bytes = 0;
  };
  const write = (line: string): void => {
    try {
      if (bytes > bytesMax) rotate();
      bytes += writeSync(file, `${line}\n`);
      hasProblem = false;
    } catch (error) {
      // A full disk must not end what is being logged. It is told once, until a line gets through again.
      if (!hasProblem) onProblem(`The log ${path} cannot be written (${error instanceof Error ? error.message : String(error)}).`);
      hasProblem = true;
    }
  };
  return { write, close: () => closeSync(file) };
};

import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Which commands were taken, also before a restart: a node that was killed after taking one must not do it again. */
export interface TakenCommands {
  has: (id: string) => boolean;
  /** Kept before it is done; past its deadline no gateway sends it and no node takes it. */
  add: (id: string, deadline: number) => void;
}

const LINES_MAX = 10_000;
const lineSchema = z.tuple([z.string(), z.number()]);

export const keepCommands = (file: string, now: () => number): TakenCommands => {
  mkdirSync(dirname(file), { recursive: true });
  const taken = new Map(readTaken(file).filter(([, deadline]) => deadline > now()));
  let lines = 0;
  let linesMax = LINES_MAX;

  const compact = (): void => {
    for (const [id, deadline] of taken) if (deadline <= now()) taken.delete(id);
    // Beside and then over it: a half-written file would forget commands.
    writeFileSync(`${file}.new`, [...taken].map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    renameSync(`${file}.new`, file);
    lines = taken.size;
    linesMax = LINES_MAX + 2 * lines;
  };
  compact();

  return {
    has: (id) => taken.has(id),
    add: (id, deadline) => {
      taken.set(id, deadline);
      // Handed to the kernel at once: it outlives a kill of the process.
      appendFileSync(file, `${JSON.stringify([id, deadline])}\n`);
      lines += 1;
      if (lines >= linesMax) compact();
    },
  };
};

const readTaken = (file: string): [string, number][] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    const entry = parseLine(line);
    return entry === undefined ? [] : [entry];
  });
};

/** The last line of a process that was killed may be cut short. */
const parseLine = (line: string): [string, number] | undefined => {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
};

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { waitFor } from '@waxos/process/poll';
import { BadStart } from '../bad-start.ts';
import { checkoutDir, type Environment } from '../config.ts';
import { fatalOf } from './read-log-line.ts';
import { guardProcess } from '../../launch/guard.mjs';

/** One of our processes, while it runs. */
export interface Program {
  pid: number;
  /** How it ended, once it has: its exit code, or the name of the signal. */
  ended: Promise<string>;
  /** Asks it to finish what it does; resolves when it is gone. */
  stop: () => Promise<void>;
}

export interface ProgramOptions {
  /** As it stands in a sentence: 'The gateway'. */
  name: string;
  script: string;
  environment: Environment;
  onLine: (line: string) => void;
  /** Looks whether it is ready; undefined as long as it is worth asking again. */
  isReady: () => Promise<true | undefined> | true | undefined;
  /** What is waited for, in words. */
  readyWhen: string;
  /** Options for Node itself, such as `--watch`. */
  nodeArgs?: readonly string[];
  signal?: AbortSignal;
}

const linesKept = 100;
const readyTimeoutMs = 60_000;
/** More than a program itself gives its requests to end. */
const stopTimeoutMs = 25_000;

/** Runs a program and resolves when it is ready; one that ends first is a bad start, told in its own words. */
export const spawnProgram = async (options: ProgramOptions): Promise<Program> => {
  const { name, environment, onLine, signal } = options;
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), options.script], {
    cwd: checkoutDir,
    env: environment,
    // A group of its own: Ctrl-C reaches it from us, before PostgreSQL is stopped.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  watchLines(child.stdout, (line) => {
    onLine(line);
    const fatal = fatalOf(line);
    if (fatal !== undefined) complaints.push(fatal);
  });
  watchLines(child.stderr, (line) => {
    onLine(line);
    if (complaints.length < linesKept) complaints.push(line);
  });
  let how: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, ended_by) => resolve(code === null ? String(ended_by) : `exit code ${code}`));
  });
  void ended.then((text) => (how = text));
  const stop = async (): Promise<void> => {
    if (how !== undefined) return;
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
    await ended;
    clearTimeout(limit);
  };
  const { pid } = child;
  if (pid === undefined) throw new BadStart(`${name} cannot be run: ${await ended}.`);
  const guard = guardProcess({ pid, signal: 'TERM', isStill: 'kill -0 "$1" 2>/dev/null' });
  void ended.then(guard.dismiss);
  try {
    const isUp = await waitFor(async () => (how === undefined ? options.isReady() : false), { timeoutMs: readyTimeoutMs, intervalMs: 50, what: options.readyWhen, ...(signal === undefined ? {} : { signal }) });
    if (!isUp) throw new BadStart(whyEnded(name, complaints, how ?? ''));
    return { pid, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const whyEnded = (name: string, complaints: readonly string[], how: string): string => {
  const said = complaints.filter((line) => line.trim() !== '');
  // A crash prints a stack; the line that names the error is the one to show.
  const sentence = said.find((line) => /^\w*Error\b/.test(line)) ?? said.at(0);
  return sentence === undefined ? `${name} ended at once (${how}) and said nothing.` : `${sentence} (${name} ended with ${how}.)`;
};

const watchLines = (stream: Readable, onLine: (line: string) => void): void => void createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);

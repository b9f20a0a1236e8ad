import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killTree } from './kill-tree.ts';
import type { ProcessMark } from './read-processes.ts';
import { readBrowsers, writeBrowsers, writeDeadline } from './watched-files.ts';

export interface Watchdog {
  pid: number;
  /** The browsers live on until then at least; to be called again and again, and only while the lease is good. */
  extend: (until: Date) => Promise<void>;
  watch: (browser: ProcessMark) => Promise<void>;
  unwatch: (browser: ProcessMark) => Promise<void>;
  close: () => Promise<void>;
}

interface WatchdogOptions {
  /** Of this node alone. */
  dir: string;
  until: Date;
  /** It has ended by itself, and nothing guards the browsers. */
  onEnd: () => void;
}

/** Kills what an earlier run of this node has left, then starts the process that guards this run. */
export const openWatchdog = async ({ dir, until, onEnd }: WatchdogOptions): Promise<Watchdog> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const left = await readBrowsers(dir);
  await Promise.all(left.map((mark) => killTree(mark)));
  const marks = new Map<number, ProcessMark>();
  await writeBrowsers(dir, []);
  await writeDeadline(dir, until);
  // What strips the types takes half of its memory: found compiled, it never loads that.
  const env = { NODE_COMPILE_CACHE: join(dir, 'compiled') };
  const child = spawn(process.execPath, [fileURLToPath(new URL('watchdog.ts', import.meta.url)), dir], { stdio: ['pipe', 'ignore', 'inherit'], env, detached: true });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  let closing = false;
  child.once('exit', () => {
    if (!closing) onEnd();
  });
  // One after another: two writers would take each other's draft.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (write: () => Promise<void>): Promise<void> => {
    // Whoever asked for the write before was told of its failure.
    last = last.catch(() => undefined).then(write);
    return last;
  };
  return {
    // `spawn` was told.
    pid: child.pid ?? 0,
    extend: (at) => inTurn(() => writeDeadline(dir, at)),
    watch: (browser) => {
      marks.set(browser.pid, browser);
      return inTurn(() => writeBrowsers(dir, [...marks.values()]));
    },
    unwatch: (browser) => {
      marks.delete(browser.pid);
      return inTurn(() => writeBrowsers(dir, [...marks.values()]));
    },
    close: async () => {
      closing = true;
      await last.catch(() => undefined);
      child.stdin?.end();
      await ended;
    },
  };
};

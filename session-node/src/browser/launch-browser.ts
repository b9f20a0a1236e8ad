import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Readable, Writable } from 'node:stream';
import type { Browser } from 'puppeteer-core';
import { killTree } from './kill-tree.ts';
import { openPipeTransport } from './pipe-transport.ts';
import { findProcess, readProcesses, treeOf, type ProcessMark } from './read-processes.ts';

// The build of it that the library loads, so that there is one: the other opens standard input when it is imported.
const { connect } = createRequire(import.meta.url)('puppeteer-core') as typeof import('puppeteer-core');

interface Launch {
  executablePath: string;
  argv: readonly string[];
  /** All that it sees of the environment. */
  env: Readonly<Record<string, string>>;
  owner?: { uid: number; gid: number };
  timeoutMs: number;
  /** Told as soon as there is a process, long before it answers. */
  began?: (mark: ProcessMark) => void;
}

export interface LaunchedBrowser {
  mark: ProcessMark;
  browser: Browser;
  /** Resolves when /proc shows no process of it any more. */
  gone: Promise<void>;
  /** Asks it to end, so that it writes down what it holds, and kills what is left of it at the deadline. */
  close: (timeoutMs: number) => Promise<'clean' | 'killed'>;
  kill: () => Promise<void>;
}

/** It was launched, and ended or did not answer: what it was launched on may be why. */
export class DidNotStart extends Error {
  override name = 'DidNotStart';
}

/** In a process group of its own: it hears no signal that was meant for the node, and is killed as one. */
const start = ({ executablePath, argv, env, owner }: Launch): ChildProcess => spawn(executablePath, argv, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env, ...owner });

export const launchBrowser = async (launch: Launch): Promise<LaunchedBrowser> => {
  const child = start(launch);
  const complaints = collectComplaints(child);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`The browser did not start: ${await exited}.`);
  // Absent only where it has ended already, or where there is no /proc.
  const mark = { pid, startTicks: findProcess(pid)?.startTicks ?? 0 };
  launch.began?.(mark);
  const gone = exited.then(() => {
    // Else a pipe that nobody writes to any more stays open with us.
    for (const pipe of child.stdio) pipe?.destroy();
    return killTree(mark);
  });
  try {
    const browser = await withDeadline(Promise.race([attach(child), exited.then((why) => Promise.reject(new Error(why)))]), launch.timeoutMs, 'it did not answer in time');
    complaints.stop();
    const kill = async (): Promise<void> => {
      await killTree(mark, treeOf(mark, await readProcesses()));
      await gone;
    };
    return { mark, browser, gone, kill, close: (timeoutMs) => end({ child, browser, gone, kill }, timeoutMs) };
  } catch (error) {
    await killTree(mark);
    await gone;
    throw new DidNotStart(`The browser did not start: ${error instanceof Error ? error.message : String(error)}.${complaints.tell()}`, { cause: error });
  }
};

const attach = async (child: ChildProcess): Promise<Browser> => {
  const [, , , input, output] = child.stdio;
  // The two are what `start` asks for.
  const transport = openPipeTransport(input as Writable, output as Readable);
  const browser = await connect({ transport, defaultViewport: null });
  await browser.waitForTarget((target) => target.type() === 'page');
  return browser;
};

interface Ending extends Pick<LaunchedBrowser, 'browser' | 'gone' | 'kill'> {
  child: ChildProcess;
}

const end = async ({ child, browser, gone, kill }: Ending, timeoutMs: number): Promise<'clean' | 'killed'> => {
  // One that is gone before its answer comes says so too; what does not end is seen to by the deadline.
  const asked = browser.close().then(
    () => gone,
    () => gone,
  );
  await withDeadline(asked, timeoutMs, 'it did not end in time').catch(kill);
  return child.exitCode === 0 ? 'clean' : 'killed';
};

const withDeadline = async <T>(work: Promise<T>, timeoutMs: number, otherwise: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
};

/** What it says of itself before a page is open; afterwards it could be of somebody's messages, and is thrown away. */
const collectComplaints = (child: ChildProcess): { stop: () => void; tell: () => string } => {
  let text = '';
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-2_000);
  };
  child.stderr?.on('data', take);
  return {
    stop: () => {
      child.stderr?.off('data', take);
      child.stderr?.resume();
      text = '';
    },
    tell: () => (text === '' ? '' : ` It said: ${text.trim()}`),
  };
};

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '@waxos/process/poll';
import { openWatchdog, type Watchdog } from './open-watchdog.ts';
import { findProcess, type ProcessMark } from './read-processes.ts';
import { writeBrowsers } from './watched-files.ts';

let dir: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-watchdog-'));
});
afterEach(async () => {
  for (const child of children.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(dir, { recursive: true });
});

const startSleeper = async (): Promise<{ mark: ProcessMark; ended: Promise<unknown[]> }> => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  children.push(child);
  const { pid = 0 } = child;
  return { mark: { pid, startTicks: findProcess(pid)?.startTicks ?? 0 }, ended: once(child, 'exit') };
};

const open = (until: Date): Promise<Watchdog> => openWatchdog({ dir, until, onEnd: () => expect.unreachable('the watchdog ended by itself') });
const inAMinute = (): Date => new Date(Date.now() + 60_000);

test('browsers are killed when the deadline has passed, and others that got their numbers are not', async () => {
  const watchdog = await open(inAMinute());
  const [ours, reused] = [await startSleeper(), await startSleeper()];
  await watchdog.watch(ours.mark);
  await watchdog.watch({ ...reused.mark, startTicks: 1 });
  await watchdog.extend(new Date(0));
  expect(await ours.ended).toEqual([null, 'SIGKILL']);
  await watchdog.close();
  expect(findProcess(reused.mark.pid)).toBeDefined();
});

test('what the node has left is killed when the node is gone, and the watchdog ends', async () => {
  const watchdog = await open(inAMinute());
  const [left, forgotten] = [await startSleeper(), await startSleeper()];
  await watchdog.watch(left.mark);
  await watchdog.watch(forgotten.mark);
  await watchdog.unwatch(forgotten.mark);
  await watchdog.close();
  expect(await left.ended).toEqual([null, 'SIGKILL']);
  expect(findProcess(watchdog.pid)).toBeUndefined();
  expect(findProcess(forgotten.mark.pid)).toBeDefined();
});

test('what an earlier run has left is killed before the next begins', async () => {
  const left = await startSleeper();
  await writeBrowsers(dir, [left.mark]);
  const watchdog = await open(inAMinute());
  expect(await left.ended).toEqual([null, 'SIGKILL']);
  await watchdog.close();
});

/** A node of its own with one browser, which says the numbers of its browser and its watchdog. */
const startNode = async (): Promise<{ node: ChildProcess; browser: number; watchdog: number }> => {
  const here = new URL('.', import.meta.url).href;
  const script = `
    import { spawn } from 'node:child_process';
    import { openWatchdog } from '${here}open-watchdog.ts';
    import { findProcess } from '${here}read-processes.ts';
    const soon = () => new Date(Date.now() + 2000);
    const watchdog = await openWatchdog({ dir: '${dir}', until: soon(), onEnd: () => process.exit(1) });
    setInterval(() => void watchdog.extend(soon()), 200);
    const { pid } = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    await watchdog.watch(findProcess(pid));
    console.log(pid, watchdog.pid);`;
  const node = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(node);
  const [said]: unknown[] = await once(node.stdout, 'data');
  const [browser = 0, watchdog = 0] = String(said).split(' ').map(Number);
  return { node, browser, watchdog };
};
const untilGone = (pid: number): Promise<true> => waitFor(() => (findProcess(pid) === undefined ? true : undefined), { timeoutMs: 20_000, what: 'a process to be gone' });

test('the browsers of a frozen node are killed, and its watchdog ends with it', async () => {
  const { node, browser, watchdog } = await startNode();
  node.kill('SIGSTOP');
  await untilGone(browser);
  expect(findProcess(watchdog)).toBeDefined();
  node.kill('SIGKILL');
  await untilGone(watchdog);
});

test('the browsers of a node that was killed are killed, and its watchdog ends', async () => {
  const { node, browser, watchdog } = await startNode();
  expect(findProcess(browser)).toBeDefined();
  node.kill('SIGKILL');
  await untilGone(browser);
  await untilGone(watchdog);
  expect(findProcess(browser)).toBeUndefined();
});

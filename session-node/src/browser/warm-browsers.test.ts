import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import type { Browser } from 'puppeteer-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LaunchedBrowser } from './launch-browser.ts';
import { openWarmBrowsers, type WarmBrowsers } from './warm-browsers.ts';

let profilesDir: string;
let pool: WarmBrowsers;
/** What was done, in order. */
let done: string[];
let now: number;
beforeEach(async () => {
  profilesDir = await mkdtemp(join(tmpdir(), 'waxos-warm-'));
  done = [];
  now = 0;
});
afterEach(async () => {
  await pool.close();
  await rm(profilesDir, { recursive: true });
});

/** A browser without a process. */
const launch = (index: number): LaunchedBrowser => {
  const ended = Promise.withResolvers<void>();
  const kill = (): Promise<void> => {
    done.push(`end ${index}`);
    ended.resolve();
    return ended.promise;
  };
  return { mark: { pid: index, startTicks: 0 }, browser: {} as Browser, gone: ended.promise, kill, close: () => kill().then(() => 'clean') };
};

const open = (changed: Partial<Parameters<typeof openWarmBrowsers>[0]> = {}): void => {
  let count = 0;
  pool = openWarmBrowsers({
    profilesDir,
    node: 'a',
    count: 1,
    hasRoom: () => true,
    isCalm: () => true,
    start: () => {
      count += 1;
      done.push(`start ${count}`);
      return Promise.resolve(launch(count));
    },
    prepare: () => {
      done.push('prepare');
      return Promise.resolve();
    },
    onWarm: () => void done.push('warm'),
    onFailure: () => void done.push('failed'),
    lookMs: 1,
    now: () => now,
    ...changed,
  });
};
const until = (what: string): Promise<true> => waitFor(() => (done.at(-1) === what ? true : undefined), { timeoutMs: 2_000, what: `${what}, after ${done.join(', ')}` });

test('nothing is prepared of a kind that nobody here has a device of', async () => {
  open();
  await until('warm');
  expect(done).toEqual(['start 1', 'warm']);
  pool.meet();
  pool.take();
  now += 10_000;
  await waitFor(() => (done.filter((one) => one === 'warm').length === 2 ? true : undefined), { timeoutMs: 2_000, what: 'the next' });
  expect(done).toEqual(['start 1', 'warm', 'start 2', 'prepare', 'warm']);
});

test('a browser whose page did not load is kept ready all the same', async () => {
  open({ prepare: () => Promise.reject(new Error('no page')) });
  pool.meet();
  await until('warm');
  expect(done).toEqual(['start 1', 'failed', 'warm']);
  expect(pool.take()).toBeDefined();
});

test('one that was taken is replaced some time later, and not while others start', async () => {
  let isCalm = true;
  open({ isCalm: () => isCalm });
  await until('warm');
  expect(pool.take()).toBeDefined();
  expect(pool.take()).toBeUndefined();
  now += 1_000;
  isCalm = false;
  await rests();
  now += 10_000;
  await rests();
  expect(done).toEqual(['start 1', 'warm']);
  isCalm = true;
  await waitFor(() => (done.length === 4 ? true : undefined), { timeoutMs: 2_000, what: 'the next' });
});

test('where there is room for one session more a browser is kept, but none is started; where there is none it goes', async () => {
  let room = 2;
  open({ hasRoom: (count) => room >= count });
  await until('warm');
  room = 1;
  await rests();
  expect(done).toEqual(['start 1', 'warm']);
  room = 0;
  await until('end 1');
  room = 1;
  await rests();
  expect(done).toEqual(['start 1', 'warm', 'end 1']);
});

test('one that was kept for hours makes place for a new one', async () => {
  open();
  await until('warm');
  now += 7 * 3_600_000;
  await waitFor(() => (done.includes('start 2') ? true : undefined), { timeoutMs: 2_000, what: 'the next' });
  await until('warm');
  expect(done).toEqual(['start 1', 'warm', 'end 1', 'start 2', 'warm']);
  expect(await readdir(join(profilesDir, '.warm'))).toHaveLength(1);
});

test('the pool ends at once though a page loads that never comes', async () => {
  const never = Promise.withResolvers<void>();
  open({
    start: () => Promise.resolve({ ...launch(1), kill: () => Promise.resolve(never.resolve()) }),
    prepare: () => {
      done.push('prepare');
      return never.promise;
    },
  });
  pool.meet();
  await until('prepare');
  await pool.close();
  expect(await readdir(join(profilesDir, '.warm'))).toEqual([]);
});

/** So long that it would have looked again. */
const rests = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
};

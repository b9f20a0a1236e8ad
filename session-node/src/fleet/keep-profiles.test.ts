import { waitFor } from '@waxos/process/poll';
import { beforeEach, expect, test } from 'vitest';
import { keepProfiles, type KeptSession, type Profiles } from './keep-profiles.ts';

const minute = 60_000;
let time: number;
let log: string[];
let sessions: Map<string, KeptSession>;
let profiles: Profiles;

beforeEach(() => {
  time = 1_000_000_000;
  log = [];
  sessions = new Map();
  profiles = keepProfiles({ everyMs: 60 * minute, bytesMax: 1_000, now: () => time, failed: (_error, device) => void log.push(`failed ${device}`) });
});

interface Pretended {
  quiet?: boolean;
  fails?: boolean;
  bytes?: number;
  running?: boolean;
  /** Copying ends when this does. */
  until?: Promise<void>;
}

const add = (device: string, { quiet = true, fails = false, bytes = 10, running = true, until }: Pretended = {}): void => {
  let keptAt: number | undefined;
  const keepCopy = async (): Promise<void> => {
    log.push(`keep ${device}`);
    await until;
    if (fails) throw new Error('full');
    keptAt = time;
  };
  const profile = { keptAt: () => keptAt, keepCopy, measureDisk: async () => bytes };
  sessions.set(device, { state: () => 'ready', isQuiet: () => quiet, profile: () => (running ? profile : undefined), nudge: ({ is }) => void log.push(`${is} ${device}`) });
};

/** Looks each minute, and lets what was begun end in between. */
const look = async (minutes: number): Promise<void> => {
  for (let i = 0; i < minutes; i += 1) {
    profiles.look(sessions);
    time += minute;
    await new Promise((resolve) => setImmediate(resolve));
  }
};
const countKept = (device: string): number => log.filter((line) => line === `keep ${device}`).length;

test('each session in use is kept once an hour, the first time some minutes after it began', async () => {
  add('a');
  add('b');
  await look(9);
  expect(log).toEqual([]);
  await look(5);
  expect(log).toEqual(['keep a', 'keep b']);
  await look(120);
  expect([countKept('a'), countKept('b')]).toEqual([3, 3]);
});

test('one that is at work is left alone, and one without a browser', async () => {
  add('busy', { quiet: false });
  add('asleep', { running: false });
  await look(200);
  expect(log).toEqual([]);
});

test('one is kept at a time', async () => {
  const slow = Promise.withResolvers<void>();
  add('slow', { until: slow.promise });
  add('next');
  await look(30);
  expect(log).toEqual(['keep slow']);
  slow.resolve();
  await look(2);
  expect(log).toEqual(['keep slow', 'keep next']);
});

test('one that cannot be kept is told of, and keeps no other from its turn', async () => {
  add('full', { fails: true });
  add('next');
  await look(30);
  expect(log.slice(0, 3)).toEqual(['keep full', 'failed full', 'keep next']);
  expect(countKept('full')).toBeLessThanOrEqual(3);
});

test('disk use is summed, and one over its quota is restarted once a day, at a quiet moment', async () => {
  add('small', { bytes: 100 });
  add('large', { bytes: 5_000 });
  await look(5);
  await waitFor(() => (profiles.usedBytes() === 5_100 ? true : undefined), { timeoutMs: 1_000, what: 'both to be measured' });
  await look(600);
  expect(log.filter((line) => line.startsWith('restart'))).toEqual(['restart large']);
  sessions.delete('large');
  await look(1);
  expect(profiles.usedBytes()).toBe(100);
});

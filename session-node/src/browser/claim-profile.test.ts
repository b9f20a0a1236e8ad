import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ProfileHeld } from './browser-door.ts';
import { claimProfile } from './claim-profile.ts';
import { findProcess } from './read-processes.ts';

let deviceDir: string;
beforeEach(async () => {
  deviceDir = await mkdtemp(join(tmpdir(), 'waxos-claim-'));
});
afterEach(() => rm(deviceDir, { recursive: true }));

const claim = (epoch: number, changed: { node?: string; kind?: 'whatsapp' | 'sandbox'; ownerDead?: boolean } = {}): ReturnType<typeof claimProfile> => claimProfile({ deviceDir, epoch, node: 'a', kind: 'sandbox', ...changed });

/** As if somebody else had written it. */
const alter = async (epoch: number, changed: Record<string, unknown>): Promise<void> => {
  const path = join(deviceDir, 'claims', `${epoch}.json`);
  await writeFile(path, JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8'))), ...changed }));
};

const heldBy = async (epoch: number, changed: Record<string, unknown>): Promise<void> => {
  const held = await claim(epoch);
  await held.release();
  await alter(epoch, { released: false, ...changed });
};

const deadProcess = async (): Promise<{ pid: number; startTicks: number }> => {
  const child = spawn('true');
  await once(child, 'exit');
  return { pid: child.pid ?? 0, startTicks: 1 };
};

test('one lease at a time has the profile, and after it is let go no older one gets it', async () => {
  const first = await claim(5);
  await expect(claim(5)).rejects.toThrow(ProfileHeld);
  await expect(claim(6, { node: 'b' })).rejects.toThrow(ProfileHeld);
  await first.release();
  await expect(claim(4)).rejects.toThrow('newer lease');
  await expect(claim(5, { node: 'b' })).rejects.toThrow('Another node');
  await (await claim(6, { node: 'b' })).release();
  expect(await readdir(join(deviceDir, 'claims'))).toEqual(['6.json']);
});

test('of two that ask at the same moment at most one gets it', async () => {
  const asked = await Promise.allSettled([claim(7, { node: 'a' }), claim(8, { node: 'b' })]);
  const got = asked.filter((one) => one.status === 'fulfilled');
  expect(got.length).toBeLessThanOrEqual(1);
  await Promise.all(got.map(({ value }) => value.release()));
  await (await claim(9)).release();
});

test('a living process of this host keeps its profile, whatever lease is newer', async () => {
  const child = spawn('sleep', ['60']);
  const { pid = 0 } = child;
  await heldBy(5, { process: { pid, startTicks: findProcess(pid)?.startTicks } });
  await expect(claim(6)).rejects.toThrow('not known to be dead');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await claim(6)).release();
});

test('a browser that its dead node left is killed before the profile is taken', async () => {
  const browser = spawn('sleep', ['60'], { detached: true });
  const { pid = 0 } = browser;
  await heldBy(5, { process: await deadProcess(), browser: { pid, startTicks: findProcess(pid)?.startTicks } });
  const exited = once(browser, 'exit');
  await (await claim(6)).release();
  expect(await exited).toEqual([null, 'SIGKILL']);
});

test('a process that got the number of a dead one is neither proof of life nor killed', async () => {
  const other = spawn('sleep', ['60'], { detached: true });
  const { pid = 0 } = other;
  await heldBy(5, { process: { pid, startTicks: 1 }, browser: { pid, startTicks: 1 } });
  await (await claim(6)).release();
  expect(findProcess(pid)).toBeDefined();
  other.kill('SIGKILL');
  await once(other, 'exit');
});

test('what another host holds is taken only on proof of its death, and then only with a newer lease', async () => {
  await heldBy(5, { host: 'elsewhere', process: await deadProcess() });
  await expect(claim(5, { ownerDead: true })).rejects.toThrow(ProfileHeld);
  const taken = await claim(6, { ownerDead: true });
  expect(taken.undead).toEqual([]);
  await taken.release();
  expect(await readdir(join(deviceDir, 'claims'))).toEqual(['6.json']);
});

test('without proof a newer lease goes on beside it, and is told of it until the proof is there', async () => {
  await heldBy(5, { host: 'elsewhere', process: await deadProcess() });
  for (const epoch of [6, 7]) {
    const beside = await claim(epoch);
    expect(beside.undead).toEqual([5]);
    await beside.release();
  }
  expect((await readdir(join(deviceDir, 'claims'))).sort()).toEqual(['5.json', '7.json']);
  await alter(5, { released: true });
  const alone = await claim(8);
  expect(alone.undead).toEqual([]);
  await alone.release();
  expect(await readdir(join(deviceDir, 'claims'))).toEqual(['8.json']);
});

test('whoever was passed learns that a newer lease has come', async () => {
  const passed = await claim(5);
  expect(await passed.isNewest()).toBe(true);
  await writeFile(join(deviceDir, 'claims', '6.json'), await readFile(join(deviceDir, 'claims', '5.json')));
  expect(await passed.isNewest()).toBe(false);
  await passed.release();
});

test('a host that has started anew has ended all it ran', async () => {
  await heldBy(5, { boot: 'before' });
  await (await claim(6, { node: 'b' })).release();
  expect(await readdir(join(deviceDir, 'claims'))).toEqual(['6.json']);
});

test('a device’s kind cannot change', async () => {
  await (await claim(5)).release();
  await expect(claim(6, { kind: 'whatsapp' })).rejects.toThrow('kind');
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claim } from '../../launch/claim.mjs';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-claim-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('what a living process holds is refused with its pid, and free again once released', async () => {
  const path = join(dir, 'nested', 'lock');
  const first = await claim(path);
  expect(first.heldBy).toBeUndefined();
  expect((await claim(path)).heldBy).toBe(process.pid);
  await first.release?.();
  expect((await claim(path)).heldBy).toBeUndefined();
});

test('a claim of a process that is gone, or whose pid somebody else has now, is taken over', async () => {
  const path = join(dir, 'lock');
  // No process has a pid this high; the second has ours, and began at another time.
  for (const dead of ['{"pid":99999999,"startedAt":"1"}', `{"pid":${process.pid},"startedAt":"1"}`, 'half-writ']) {
    await writeFile(path, dead);
    const taken = await claim(path);
    expect(taken.heldBy).toBeUndefined();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await taken.release?.();
  }
  expect(await readdir(dir)).toEqual([]);
});

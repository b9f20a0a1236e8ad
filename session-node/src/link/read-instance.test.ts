import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readInstance } from './read-instance.ts';

let dir = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-instance-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a node that starts again on its folder is the same one, and with another folder it is another', async () => {
  const first = await readInstance(dir);
  expect(await readInstance(dir)).toBe(first);
  const elsewhere = await mkdtemp(join(tmpdir(), 'waxos-instance-'));
  expect(await readInstance(elsewhere)).not.toBe(first);
  await rm(elsewhere, { recursive: true });
});

test('a folder that came to another machine, or was damaged, is another one', async () => {
  const first = await readInstance(dir);
  const path = join(dir, 'instance.json');
  const kept = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...kept, boot: 'of another machine' }));
  const second = await readInstance(dir);
  expect(second).not.toBe(first);
  await writeFile(path, '{half');
  expect(await readInstance(dir)).not.toBe(second);
});

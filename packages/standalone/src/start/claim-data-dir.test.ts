import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataDir } from './claim-data-dir.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-data-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('the folder is made, closed to others, and taken for one process', async () => {
  const dataDir = join(dir, 'new', 'data');
  const release = await claimDataDir(dataDir);
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  await expect(claimDataDir(dataDir)).rejects.toThrow(`Waxos runs already from ${dataDir} (pid ${process.pid}): stop it first, or set DATA_DIR to another folder.`);
  await release();
  await (await claimDataDir(dataDir))();
});

test('a folder that cannot be made is refused in one sentence that names DATA_DIR', async () => {
  await writeFile(join(dir, 'file'), '');
  for (const path of [join(dir, 'file'), join(dir, 'file', 'below'), '/proc/waxos']) {
    await expect(claimDataDir(path)).rejects.toMatchObject({ name: 'BadStart', message: expect.stringMatching(/^[^\n]*DATA_DIR[^\n]*\.$/) });
  }
});

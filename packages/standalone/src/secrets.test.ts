import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepSecrets } from './secrets.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-secrets-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('secrets are made once, differ from each other, and only their owner can read them', async () => {
  const made = await keepSecrets(dir);
  expect(new Set(Object.values(made)).size).toBe(5);
  expect(await keepSecrets(dir)).toEqual(made);
  expect((await stat(join(dir, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

test('a damaged file is refused rather than replaced: the database would be locked out', async () => {
  await writeFile(join(dir, 'secrets.json'), '{"superuserPassword":');
  await expect(keepSecrets(dir)).rejects.toThrow(/secrets\.json is damaged: [^\n]*\.$/);
});

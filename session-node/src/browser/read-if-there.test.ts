import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readIfThere } from './read-if-there.ts';

test('a file that is not there is nothing, and one that cannot be read is a failure', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'waxos-read-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, 'note'), 'home');
  expect(await readIfThere(join(dir, 'note'))).toBe('home');
  expect(await readIfThere(join(dir, 'none'))).toBeUndefined();
  await expect(readIfThere(dir)).rejects.toThrow('EISDIR');
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { buildNamingLibrary, canNameUid } from './nameless-uid.ts';

const dir = await mkdtemp(join(tmpdir(), 'waxos-name-'));
afterAll(() => rm(dir, { recursive: true, force: true }));

test('a program that asks for the name of its uid gets one, and runs as ever', async ({ skip }) => {
  if (!canNameUid()) skip('the library is made for Linux on x64 only');
  const library = join(dir, 'name.so');
  await writeFile(library, buildNamingLibrary());
  const plain = await promisify(execFile)('/bin/sh', ['-c', 'id -un; echo $?; ls -d /'], { env: { LD_PRELOAD: library } });
  expect(plain.stdout).toBe('waxos\n0\n/\n');
  expect(plain.stderr).toBe('');
});

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './open-log-file.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-log-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const fail = (sentence: string): never => {
  throw new Error(sentence);
};

test('a log never takes more than two files of its size, and the newest line is in the one without a number', async () => {
  const path = join(dir, 'gateway.log');
  const log = await openLogFile({ path, bytesMax: 1000, onProblem: fail });
  for (let line = 0; line < 100; line += 1) log.write(`${line} ${'x'.repeat(96)}`);
  log.close();
  expect((await readdir(dir)).toSorted()).toEqual(['gateway.log', 'gateway.log.1']);
  const sizes = await Promise.all(['gateway.log', 'gateway.log.1'].map(async (name) => (await stat(join(dir, name))).size));
  expect(Math.max(...sizes)).toBeLessThan(1200);
  expect((await readFile(path, 'utf8')).trim().split('\n').at(-1)).toMatch(/^99 /);
});

test('a log that is opened again goes on where it was', async () => {
  const path = join(dir, 'gateway.log');
  for (const line of ['one', 'two']) {
    const log = await openLogFile({ path, onProblem: fail });
    log.write(line);
    log.close();
  }
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
});

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPort } from './keep-port.ts';

const host = '127.0.0.1';
let dir = '';
let file = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-port-'));
  file = join(dir, 'sandbox', 'port');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('the second start takes the port of the first', async () => {
  const first = await keepPort({ host, file });
  expect(await keepPort({ host, file })).toBe(first);
});

test('a port that somebody else has taken meanwhile gives way to another, which is kept from then on', async () => {
  const first = await keepPort({ host, file });
  const other = createServer().listen(first, host);
  await once(other, 'listening');
  const second = await keepPort({ host, file });
  other.close();
  await once(other, 'close');
  expect(second).not.toBe(first);
  expect(await keepPort({ host, file })).toBe(second);
});

test('what is no port is passed over', async () => {
  await keepPort({ host, file });
  await writeFile(file, 'no port');
  expect(await keepPort({ host, file })).toBeGreaterThan(0);
});

import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepBuilds, type Builds } from './keep-builds.ts';

let dir: string;
let said: string[];
const now = 1_000_000_000;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-builds-'));
  said = [];
});
afterEach(() => rm(dir, { recursive: true }));

const open = (): Promise<Builds> => keepBuilds({ dir, now: () => now, log: { info: (_of: unknown, text: string) => void said.push(text), warn: (_of: unknown, text: string) => void said.push(text) } as never });
const html = (build: string): string => `<!doctype html>${build}`;
/** A session that loads this, and is ready on it. */
const run = (builds: Builds, device: string, build: string): boolean => {
  const choice = builds.of(device, 'whatsapp');
  const reopen = choice.loaded({ build, html: html(build) }, true);
  if (!reopen) choice.tell({ is: 'ready', build });
  return reopen;
};

test('the good build and its document outlive the node, and so does what is held back', async () => {
  const first = await open();
  run(first, 'a', 'one');
  run(first, 'b', 'two');
  first.of('b', 'whatsapp').tell({ is: 'broken', build: 'two' });
  await first.close();
  const second = await open();
  expect(second.list()).toEqual([{ kind: 'whatsapp', build: 'one', standing: 'pinned' }, { kind: 'whatsapp', build: 'two', standing: 'held_back' }]);
  expect(second.of('a', 'whatsapp').choose(true)).toBeUndefined();
  expect([second.of('a', 'whatsapp').loaded({ build: 'two', html: html('two') }, true), second.of('a', 'whatsapp').choose(true)]).toEqual([true, { build: 'one', html: html('one') }]);
  expect(said).toEqual(['build.first', 'build.on_trial', 'build.held_back']);
  await second.close();
});

test('devices of a kind know nothing of the builds of the other', async () => {
  const builds = await open();
  run(builds, 'a', 'one');
  expect(builds.of('b', 'sandbox').choose(false)).toBeUndefined();
  expect(builds.of('b', 'sandbox').loaded({ build: 'other', html: html('other') }, true)).toBe(false);
  await builds.close();
});

test('a document of each build that is good stays, in a file of the node alone, and no other', async () => {
  const builds = await open();
  run(builds, 'a', '../../one');
  run(builds, 'b', 'two');
  for (const is of ['hears', 'ticked'] as const) builds.of('b', 'whatsapp').tell({ is });
  await builds.close();
  const names = (await readdir(join(dir, 'whatsapp'))).toSorted();
  expect([names.length, names.includes('book.json')]).toEqual([2, true]);
  for (const name of names) expect((await stat(join(dir, 'whatsapp', name))).mode & 0o077).toBe(0);
});

test('a page that calls its build by a long name fills no heartbeat', async () => {
  const builds = await open();
  run(builds, 'a', 'x'.repeat(100_000));
  expect([builds.list().map(({ build }) => build.length), builds.of('b', 'whatsapp').loaded({ build: 'x'.repeat(100_000), html: 'x' }, true)]).toEqual([[64], false]);
  await builds.close();
});

test('a book that cannot be read is begun anew', async () => {
  const first = await open();
  run(first, 'a', 'one');
  await first.close();
  await writeFile(join(dir, 'whatsapp', 'book.json'), '{"pinned": 1');
  const second = await open();
  expect(second.list()).toEqual([]);
  expect(run(second, 'a', 'two')).toBe(false);
  await second.close();
});

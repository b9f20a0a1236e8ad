import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { isInstalled, recordCovers, stampOf, writeStamp } from '../../launch/stamp.mjs';
import { checkoutDir } from '../config.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-stamp-'));
  await mkdir(join(dir, 'node_modules'));
  await writeLock({ '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' } });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const writeLock = (packages: object) => writeFile(join(dir, 'package-lock.json'), JSON.stringify({ packages }));
const writeRecord = (packages: object) => writeFile(join(dir, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));

test('packages without stamp and record are not installed', async () => {
  expect(await isInstalled(dir)).toBe(false);
});

test('an install that has written its stamp counts until the lock file changes', async () => {
  await writeStamp(dir);
  expect(await isInstalled(dir)).toBe(true);
  await writeLock({ '': {}, 'node_modules/a': { version: '1.0.1', integrity: 'y' } });
  expect(await isInstalled(dir)).toBe(false);
});

test('another platform is another stamp, so that a copied folder is installed anew', () => {
  expect(stampOf('same', 'linux x64')).not.toBe(stampOf('same', 'darwin arm64'));
});

test('what npm installed by hand counts when its record is what the lock file asks for', async () => {
  await writeRecord({ 'node_modules/a': { version: '1.0.0', integrity: 'x' } });
  expect(await isInstalled(dir)).toBe(true);
});

test('a record of another version, or with a package too many or too few, does not count', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' } } };
  expect(recordCovers(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } } })).toBe(true);
  expect(recordCovers(lock, { packages: { 'node_modules/a': { version: '2.0.0', integrity: 'x' } } })).toBe(false);
  expect(recordCovers(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': {} } })).toBe(false);
  expect(recordCovers(lock, {})).toBe(false);
});

test('an optional package may be absent only where it is for another platform', () => {
  const elsewhere = process.platform === 'linux' ? 'darwin' : 'linux';
  const lockOf = (os: string) => ({ packages: { 'node_modules/a': { version: '1.0.0', optional: true, os: [os], cpu: [process.arch] } } });
  expect(recordCovers(lockOf(elsewhere), {})).toBe(true);
  expect(recordCovers(lockOf(process.platform), {})).toBe(false);
});

const lockFile = z.object({ packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })) });

test('the lock file names every package of every platform, without which npm ci refuses it', async () => {
  const { packages } = lockFile.parse(JSON.parse(await readFile(join(checkoutDir, 'package-lock.json'), 'utf8')));
  const isFound = (from: string, name: string): boolean => {
    if (`${from}${from === '' ? '' : '/'}node_modules/${name}` in packages) return true;
    return from !== '' && isFound(from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)), name);
  };
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).map((name) => ({ path, name })));
  expect(wanted.length).toBeGreaterThan(50);
  expect(wanted.filter(({ path, name }) => !isFound(path, name))).toEqual([]);
});

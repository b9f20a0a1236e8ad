import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyKept } from './copy-kept.ts';
import { openShelf, type Shelf, type Snapshot } from './open-shelf.ts';

let dir: string;
let sessionDir: string;
let passed: string[];
const key = randomBytes(32);
const large = randomBytes(700_000);
const hour = 3_600_000;
const day = 24 * hour;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-shelf-'));
  sessionDir = join(dir, 'session');
  passed = [];
  await mkdir(join(sessionDir, 'Default', 'IndexedDB', 'x.leveldb'), { recursive: true });
  await mkdir(join(sessionDir, 'Default', 'Cache'));
  await writeFile(join(sessionDir, 'Default', 'Cache', 'data'), Buffer.alloc(1_000_000));
  await writeFile(join(sessionDir, 'Default', 'IndexedDB', 'x.leveldb', '000003.log'), large);
  await writeFile(join(sessionDir, 'Default', 'IndexedDB', 'x.leveldb', 'LOCK'), '');
  await writeFile(join(sessionDir, 'Default', 'Preferences'), '{}');
});
afterEach(() => rm(dir, { recursive: true }));

interface Changed {
  key?: Buffer;
  device?: string;
  now?: () => number;
}
const shelf = (changed: Changed = {}): Shelf =>
  openShelf({ dir: join(dir, 'shelf'), key, device: 'one', kind: 'sandbox', limits: { count: 3, ageMs: 30 * day, everyMs: hour }, passedOver: ({ epoch }, why) => void passed.push(`${epoch}: ${why}`), ...changed });
const add = (epoch: number, of: Shelf = shelf()) => of.add(sessionDir, { epoch, how: 'closed', build: '1' });
const note = (text: string): Promise<void> => writeFile(join(sessionDir, 'Default', 'Preferences'), text);
const restored = join('Default', 'Preferences');
const into = (): string => join(dir, 'restored');
const pathOf = ({ name }: Snapshot): string => join(dir, 'shelf', name);
const newest = async (): Promise<Snapshot> => {
  const [first] = await shelf().list();
  if (first === undefined) throw new Error('an empty shelf');
  return first;
};

test('what is restored is what was sealed, without what can be fetched again, and only its owner reads it', async () => {
  const { bytes } = await add(4);
  expect(bytes).toBeLessThan(large.length + 5_000);
  expect(await shelf().restore(into())).toMatchObject({ epoch: 4, build: '1', how: 'closed' });
  expect(await readFile(join(into(), 'Default', 'IndexedDB', 'x.leveldb', '000003.log'))).toEqual(large);
  expect((await readdir(join(into(), 'Default'))).sort()).toEqual(['IndexedDB', 'Preferences']);
  for (const path of [pathOf(await newest()), join(into(), restored)]) expect((await stat(path)).mode & 0o777).toBe(0o600);
  for (const path of [join(dir, 'shelf'), into()]) expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('what is sealed tells nothing of what is in it', async () => {
  await note('a secret that nobody may read');
  await add(4);
  expect(await readFile(pathOf(await newest()), 'latin1')).not.toContain('secret');
});

test('a snapshot that was changed anywhere, or cut short anywhere, is passed over, and the one before it is used', async () => {
  await note('good');
  await add(4);
  await note('newer');
  await add(5);
  const path = pathOf(await newest());
  const whole = await readFile(path);
  const places = [0, 9, 13, 40, 200, whole.length >> 1, whole.length - 20, whole.length - 1];
  for (const at of places) {
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    await writeFile(path, changed);
    expect(await shelf().restore(into()), `changed at ${at}`).toMatchObject({ epoch: 4 });
    await rm(into(), { recursive: true });
    await writeFile(path, whole.subarray(0, at));
    expect(await shelf().restore(into()), `cut at ${at}`).toMatchObject({ epoch: 4 });
    expect(await readFile(join(into(), restored), 'utf8')).toBe('good');
    await rm(into(), { recursive: true });
  }
  expect(passed).toHaveLength(2 * places.length);
  expect(passed[0]).toMatch(/^5: it is /);
});

test('a snapshot of another key or another device, and one by a wrong name, is passed over and said to be so', async () => {
  await add(4);
  const sealed = pathOf(await newest());
  expect(await shelf({ key: randomBytes(32) }).restore(into())).toBeUndefined();
  expect(await shelf({ device: 'two' }).restore(into())).toBeUndefined();
  await copyFile(sealed, join(dir, 'shelf', '9-1.sealed'));
  expect(await shelf().restore(into())).toMatchObject({ epoch: 4 });
  expect(passed).toEqual(['4: it was sealed with another key', '4: it is of another device', '9: it has another name than it was given']);
});

test('two snapshots cannot be joined into one, nor a chunk be put elsewhere in one', async () => {
  await add(4);
  const whole = await readFile(pathOf(await newest()));
  const first = whole.readUInt32BE(8) + 12;
  const length = whole.readUInt32BE(first) + 20;
  const chunks = [whole.subarray(first, first + length), whole.subarray(first + length, first + 2 * length)];
  await writeFile(pathOf(await newest()), Buffer.concat([whole.subarray(0, first), ...chunks.toReversed(), whole.subarray(first + 2 * length)]));
  expect(await shelf().restore(into())).toBeUndefined();
});

test('a node of an older lease puts nothing before what a newer one sealed', async () => {
  await note('newer');
  await add(6);
  await expect(add(5)).rejects.toThrow('newer lease');
  await rename(pathOf(await newest()), join(dir, 'aside'));
  await add(5);
  await rename(join(dir, 'aside'), join(dir, 'shelf', `6-1.sealed`));
  expect((await shelf().list()).map(({ epoch }) => epoch)).toEqual([6, 5]);
});

test('as many are kept as are wanted, some of them from earlier hours, none for too long, and the newest always', async () => {
  let now = 1_000 * day;
  const timed = shelf({ now: () => now });
  const left = async (): Promise<number[]> => (await timed.list()).map(({ epoch }) => epoch);
  for (const epoch of [1, 2, 3, 4, 5]) {
    await add(epoch, timed);
    now += hour;
  }
  expect(await left()).toEqual([5, 4, 3]);
  // As of a session that is restarted every minute.
  for (const epoch of [6, 7, 8, 9]) {
    await add(epoch, timed);
    now += 60_000;
  }
  expect(await left()).toEqual([9, 8, 5]);
  now += 31 * day;
  await add(10, timed);
  expect(await left()).toEqual([10]);
});

test('a draft that a node left behind is no snapshot', async () => {
  await add(4);
  await copyFile(pathOf(await newest()), join(dir, 'shelf', 'x.draft'));
  expect(await shelf().list()).toHaveLength(1);
});

test('where nothing was sealed nothing is restored', async () => {
  expect(await shelf().restore(into())).toBeUndefined();
  await mkdir(join(dir, 'shelf'));
  await writeFile(join(dir, 'shelf', '3-1.sealed'), '');
  await truncate(join(dir, 'shelf', '3-1.sealed'), 0);
  expect(await shelf().restore(into())).toBeUndefined();
  expect(passed).toEqual(['3: it was cut short']);
});

test('no link of a profile is followed when it is kept', async () => {
  await writeFile(join(dir, 'ours'), 'ours alone');
  await symlink(join(dir, 'ours'), join(sessionDir, 'Local State'));
  await symlink(dir, join(sessionDir, 'Default', 'Local Storage'));
  await add(4);
  await shelf().restore(into());
  expect(await readdir(into())).toEqual(['Default']);
  expect((await readdir(join(into(), 'Default'))).sort()).toEqual(['IndexedDB', 'Preferences']);
  await copyKept(sessionDir, join(dir, 'copied'));
  expect(await readdir(join(dir, 'copied', 'Default', 'IndexedDB', 'x.leveldb'))).toEqual(['000003.log', 'LOCK']);
  expect((await readdir(join(dir, 'copied', 'Default'))).sort()).toEqual(['IndexedDB', 'Preferences']);
});

test('a restored profile is all of its owner’s', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root can give a file away');
  await add(4);
  await shelf().restore(into(), { uid: 65_534, gid: 65_534 });
  for (const path of ['', 'Default', restored, join('Default', 'IndexedDB', 'x.leveldb', 'LOCK')]) expect((await stat(join(into(), path))).uid).toBe(65_534);
});

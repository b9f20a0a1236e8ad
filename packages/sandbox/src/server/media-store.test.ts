import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openAllowance } from './open-allowance.ts';
import { folderName, MEDIA_BYTES_MAX, openDiskMedia, openMemoryMedia } from './media-store.ts';

const openFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-media-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

const allowance = (eachMax = 1_000_000_000) => openAllowance({ what: 'media', variable: 'SANDBOX_MEDIA_MB_MAX', eachMax });

const bytes = Buffer.from('a picture of a cup');
const hash = createHash('sha256').update(bytes).digest('hex');
const endless = (): Readable => {
  const chunk = Buffer.alloc(1024 * 1024);
  let left = MEDIA_BYTES_MAX / chunk.length + 1;
  return new Readable({
    read() {
      left -= 1;
      this.push(left < 0 ? null : chunk);
    },
  });
};

describe.each([
  { kind: 'memory', open: () => Promise.resolve(openMemoryMedia(allowance())) },
  { kind: 'disk', open: async () => openDiskMedia(await openFolder(), allowance()) },
])('media in $kind', ({ open }) => {
  test('what was saved is found by its hash, with its type and every byte', async () => {
    const store = await open();
    expect(await store.save('one', 'image/png', Readable.from([bytes]))).toEqual({ hash, mimetype: 'image/png', size: bytes.length });
    const found = await store.find('one', hash);
    expect(found).toMatchObject({ hash, mimetype: 'image/png', size: bytes.length });
    expect(found === undefined ? '' : (await buffer(found.open())).toString()).toBe(bytes.toString());
  });

  test('another network does not find it', async () => {
    const store = await open();
    await store.save('one', 'image/png', Readable.from([bytes]));
    expect(await store.find('two', hash)).toBeUndefined();
  });

  test('the same bytes twice keep the type that they came with first', async () => {
    const store = await open();
    await store.save('one', 'image/png', Readable.from([bytes]));
    expect(await store.save('one', 'text/html', Readable.from([bytes]))).toMatchObject({ hash, mimetype: 'image/png' });
  });

  test('more than 100 MB are refused', async () => {
    const store = await open();
    await expect(store.save('one', 'video/mp4', endless())).rejects.toThrow('A file may have 100 MB at most.');
  });
});

test('a refused upload and a repeated one leave nothing on the disk', async () => {
  const folder = await openFolder();
  const store = openDiskMedia(folder, allowance());
  await expect(store.save('one', 'video/mp4', endless())).rejects.toThrow('100 MB');
  await store.save('one', 'image/png', Readable.from([bytes]));
  await store.save('one', 'image/png', Readable.from([bytes]));
  expect((await readdir(join(folder, folderName('one')))).toSorted()).toEqual([hash, `${hash}.json`]);
});

test.each([
  { kind: 'memory', open: async (room: ReturnType<typeof allowance>) => openMemoryMedia(room) },
  { kind: 'disk', open: async (room: ReturnType<typeof allowance>) => openDiskMedia(await openFolder(), room) },
])('in $kind a network that is full is refused, and what was refused or known takes no room', async ({ open }) => {
  const room = allowance(37);
  const store = await open(room);
  const save = (text: string) => store.save('one', 'image/png', Readable.from([Buffer.from(text)]));
  await save('a picture of a cup');
  await save('a picture of a cup');
  await expect(save('a picture of big pots')).rejects.toThrow('no more media');
  await save('a saucer');
  await save('and a spoon');
  expect(await store.save('two', 'image/png', Readable.from([bytes]))).toMatchObject({ size: 18 });
});

test('what a process left behind counts at the next start, but for what it was killed over, which is gone', async () => {
  const folder = await openFolder();
  await openDiskMedia(folder, allowance()).save('one', 'image/png', Readable.from([bytes]));
  const own = join(folder, folderName('one'));
  await writeFile(join(own, 'half.new'), 'half a picture');
  const room = allowance();
  openDiskMedia(folder, room);
  expect(room.used(folderName('one'))).toBeGreaterThanOrEqual(bytes.length);
  expect((await readdir(own)).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('nobody else on the machine reads what is on the disk', async () => {
  const folder = await openFolder();
  await openDiskMedia(folder, allowance()).save('one', 'image/png', Readable.from([bytes]));
  const own = join(folder, folderName('one'));
  const modes = [own, join(own, hash), join(own, `${hash}.json`)].map(async (path) => (await stat(path)).mode & 0o777);
  expect(await Promise.all(modes)).toEqual([0o700, 0o600, 0o600]);
});

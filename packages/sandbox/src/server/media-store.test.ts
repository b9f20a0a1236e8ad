import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderName, MEDIA_BYTES_MAX, openDiskMedia, openMemoryMedia } from './media-store.ts';

const openFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-media-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

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
  { kind: 'memory', open: () => Promise.resolve(openMemoryMedia()) },
  { kind: 'disk', open: async () => openDiskMedia(await openFolder()) },
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
  const store = openDiskMedia(folder);
  await expect(store.save('one', 'video/mp4', endless())).rejects.toThrow('100 MB');
  await store.save('one', 'image/png', Readable.from([bytes]));
  await store.save('one', 'image/png', Readable.from([bytes]));
  expect((await readdir(join(folder, folderName('one')))).toSorted()).toEqual([hash, `${hash}.json`]);
});

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDiskObjectStore } from './disk-object-store.ts';
import type { ObjectStore } from './object-store.ts';
import { openS3ObjectStore } from './s3-object-store.ts';

interface Opened {
  store: ObjectStore;
  /** Everything that is there, drafts included. */
  names: () => Promise<string[]>;
  close: () => Promise<void>;
}

const openOnDisk = async (): Promise<Opened> => {
  const dir = await mkdtemp(join(tmpdir(), 'waxos-objects-'));
  const names = async (): Promise<string[]> => (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1));
  return { store: await openDiskObjectStore(dir), names, close: () => rm(dir, { recursive: true }) };
};

const openOnS3 = async (): Promise<Opened> => {
  const server = await startFauxqs({ port: 0, logger: false });
  const access = { region: 'us-east-1', endpoint: server.address, credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, forcePathStyle: true };
  const client = new S3Client(access);
  await client.send(new CreateBucketCommand({ Bucket: 'media' }));
  const store = openS3ObjectStore({ bucket: 'media', region: access.region, endpoint: access.endpoint, accessKeyId: 'test', secretAccessKey: 'test', isPathStyle: true });
  const names = async (): Promise<string[]> => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'media' }));
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: 'media' }));
    return [...Contents, ...Uploads].map(({ Key = '' }) => Key);
  };
  const close = async (): Promise<void> => {
    store.close();
    client.destroy();
    await server.stop();
  };
  return { store, names, close };
};

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const inChunks = (bytes: Buffer, size = 65_536): Readable => Readable.from(Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size)), { objectMode: false });

describe.each([
  { where: 'on disk', open: openOnDisk },
  { where: 'on S3', open: openOnS3 },
])('an object $where', ({ open }) => {
  let opened: Opened;
  let store: ObjectStore;
  beforeAll(async () => {
    opened = await open();
    ({ store } = opened);
  });
  afterAll(() => opened.close());

  const read = async (workspaceId: string, hash: string): Promise<Buffer | undefined> => {
    const found = await store.get(workspaceId, hash);
    if (found === undefined) return undefined;
    const bytes = await buffer(found.stream);
    expect(bytes.length).toBe(found.bytes);
    return bytes;
  };

  test.each([
    ['nothing', 0],
    ['one byte', 1],
    ['some', 100_000],
    ['more than one part of an upload', 9_000_000],
  ])('of %s comes back as it was, under its hash', async (_what, size) => {
    const [workspaceId, bytes] = [randomUUID(), randomBytes(size)];
    expect(await store.put(workspaceId, inChunks(bytes))).toEqual({ hash: hashOf(bytes), bytes: size });
    expect((await read(workspaceId, hashOf(bytes)))?.equals(bytes)).toBe(true);
  });

  test('is one, however often its bytes come, also at once', async () => {
    const [workspaceId, bytes] = [randomUUID(), randomBytes(50_000)];
    const put = await Promise.all(Array.from({ length: 5 }, () => store.put(workspaceId, inChunks(bytes))));
    expect(new Set(put.map(({ hash }) => hash))).toEqual(new Set([hashOf(bytes)]));
    expect((await opened.names()).filter((name) => name.includes(workspaceId))).toHaveLength(1);
    expect((await opened.names()).filter((name) => name.startsWith('drafts'))).toEqual([]);
    expect((await read(workspaceId, hashOf(bytes)))?.equals(bytes)).toBe(true);
  });

  test('of one workspace is not there for another', async () => {
    const bytes = randomBytes(10);
    await store.put(randomUUID(), inChunks(bytes));
    expect(await read(randomUUID(), hashOf(bytes))).toBeUndefined();
  });

  test.each([
    ['few', 100_000],
    ['many', 9_000_000],
  ])('whose stream fails after %s bytes leaves nothing, and says what the stream said', async (_what, size) => {
    const workspaceId = randomUUID();
    const failing = Readable.from(
      (async function* () {
        for (let sent = 0; sent < size; sent += 65_536) yield randomBytes(65_536);
        throw new Error('the cable was pulled');
      })(),
      { objectMode: false },
    );
    await expect(store.put(workspaceId, failing)).rejects.toThrow('the cable was pulled');
    expect((await opened.names()).filter((name) => name.startsWith('drafts') || name.includes(workspaceId))).toEqual([]);
  });

  test('has no name but its hash: nothing leads out of its workspace', async () => {
    for (const hash of ['', '../x', `${'a'.repeat(63)}/`, 'A'.repeat(64)]) await expect(store.get(randomUUID(), hash)).rejects.toThrow('named by a workspace and a hash');
    for (const workspaceId of ['', '..', 'drafts', randomUUID().toUpperCase()]) await expect(store.get(workspaceId, 'a'.repeat(64))).rejects.toThrow('named by a workspace and a hash');
  });

  test('store can be asked whether it is there', async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
});

test('drafts that a gateway left on disk are gone when the next one begins, and those under way stay', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'waxos-objects-'));
  await openDiskObjectStore(dir);
  for (const name of ['old', 'fresh']) await writeFile(join(dir, 'drafts', name), 'half');
  await utimes(join(dir, 'drafts', 'old'), new Date(0), new Date(0));
  await openDiskObjectStore(dir);
  expect(await readdir(join(dir, 'drafts'))).toEqual(['fresh']);
  await rm(dir, { recursive: true });
});

test('an S3 that is not there is told by the check', async () => {
  const store = openS3ObjectStore({ bucket: 'media', region: 'us-east-1', endpoint: 'http://127.0.0.1:9', accessKeyId: 'test', secretAccessKey: 'test', isPathStyle: true });
  await expect(store.check()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  store.close();
});

import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';
import { findDamage } from './find-damage.ts';

let sessionDir: string;
let database: string;
let local: string;
beforeEach(async () => {
  sessionDir = await mkdtemp(join(tmpdir(), 'waxos-damage-'));
  database = join(sessionDir, 'Default', 'IndexedDB', 'https_example.org_0.indexeddb.leveldb');
  local = join(sessionDir, 'Default', 'Local Storage', 'leveldb');
  for (const dir of [database, local]) {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'CURRENT'), 'MANIFEST-000001\n');
    await writeFile(join(dir, 'MANIFEST-000001'), log([Buffer.concat([field(1, text('idb_cmp1')), field(2, 6), field(3, 8)]), Buffer.concat([field(7, 0, 4, 100, text('a'), text('z')), field(7, 0, 5, table.length, text('a'), text('z')), field(6, 0, 4)])]));
    await writeFile(join(dir, '000005.ldb'), table);
    await writeFile(join(dir, '000006.log'), log([Buffer.alloc(50_000, 1), Buffer.alloc(10, 2)]));
  }
});
afterEach(() => rm(sessionDir, { recursive: true }));

/** Written as LevelDB's own documents say, and not by what reads it here. */
const varint = (value: number): Buffer => Buffer.from(value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
const text = (value: string): Buffer => Buffer.concat([varint(value.length), Buffer.from(value)]);
const field = (tag: number, ...rest: (number | Buffer)[]): Buffer => Buffer.concat([varint(tag), ...rest.map((one) => (typeof one === 'number' ? varint(one) : one))]);
const record = (type: number, data: Buffer): Buffer => {
  const head = Buffer.alloc(7);
  const sum = crc32c(Buffer.concat([Buffer.from([type]), data]));
  head.writeUInt32LE((((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0, 0);
  head.writeUInt16LE(data.length, 4);
  head.writeUInt8(type, 6);
  return Buffer.concat([head, data]);
};
const log = (entries: Buffer[]): Buffer => {
  let written = Buffer.alloc(0);
  for (const entry of entries) {
    for (let at = 0, first = true; first || at < entry.length; first = false) {
      const room = 32_768 - (written.length % 32_768) - 7;
      const part = entry.subarray(at, at + room);
      at += part.length;
      const type = first && at === entry.length ? 1 : first ? 2 : at === entry.length ? 4 : 3;
      written = Buffer.concat([written, record(type, part)]);
    }
  }
  return written;
};
const table = Buffer.concat([Buffer.alloc(1_000, 3), Buffer.from('57fb808b247547db', 'hex')]);

const spoil = async (path: string, at: number): Promise<void> => {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 255, at);
  await writeFile(path, bytes);
};

test('the checksum is the one that LevelDB uses', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

test('a whole database is whole, with what a killed browser leaves behind in it too', async () => {
  expect(await findDamage(sessionDir)).toBeUndefined();
  // A record that was cut off, room that was made beforehand, a table that is not in the list yet, an old one.
  await truncate(join(database, '000006.log'), 50_010);
  await writeFile(join(database, '000007.ldb'), 'half');
  await writeFile(join(database, '000003.log'), 'older than what counts');
  expect(await findDamage(sessionDir)).toBeUndefined();
  await writeFile(join(database, '000006.log'), Buffer.concat([log([Buffer.from('one')]), Buffer.alloc(1_000)]));
  expect(await findDamage(sessionDir)).toBeUndefined();
});

test('a profile without databases, or with one whose making was cut off, is not damaged', async () => {
  await rm(join(database, 'CURRENT'));
  await rm(join(database, '000005.ldb'));
  expect(await findDamage(sessionDir)).toBeUndefined();
  await rm(join(sessionDir, 'Default'), { recursive: true });
  expect(await findDamage(sessionDir)).toBeUndefined();
});

test('each damage that Chromium would answer with an empty database is named', async () => {
  const damages: [string, () => Promise<void>][] = [
    ['does not say which tables', () => writeFile(join(database, 'CURRENT'), '')],
    ['does not say which tables', () => rm(join(database, 'CURRENT'))],
    ['list of tables is gone', () => rm(join(database, 'MANIFEST-000001'))],
    ['list of tables is damaged', () => spoil(join(database, 'MANIFEST-000001'), 20)],
    ['list of tables is damaged', () => truncate(join(database, 'MANIFEST-000001'), 0)],
    ['table 5 is gone', () => rm(join(database, '000005.ldb'))],
    ['table 5 is damaged', () => truncate(join(database, '000005.ldb'), 500)],
    ['table 5 is damaged', () => spoil(join(database, '000005.ldb'), table.length - 1)],
    ['log 6 is damaged', () => spoil(join(database, '000006.log'), 40_000)],
    ['list of tables is gone', () => rm(join(local, 'MANIFEST-000001'))],
  ];
  for (const [named, damage] of damages) {
    const files = await Promise.all([database, local].flatMap((dir) => ['CURRENT', 'MANIFEST-000001', '000005.ldb', '000006.log'].map(async (name) => ({ path: join(dir, name), bytes: await readFile(join(dir, name)) }))));
    await damage();
    expect(await findDamage(sessionDir), named).toContain(named);
    for (const { path, bytes } of files) await writeFile(path, bytes);
    expect(await findDamage(sessionDir)).toBeUndefined();
  }
});

test('what Chromium passes over is no reason to take an older copy', async () => {
  await spoil(join(local, '000006.log'), 40_000);
  expect(await findDamage(sessionDir)).toBeUndefined();
});

test('a list of tables with a field that is not known here is not judged', async () => {
  await writeFile(join(database, 'MANIFEST-000001'), log([field(99, 1)]));
  expect(await findDamage(sessionDir)).toBeUndefined();
});

import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { giveAway, type Owner } from '../folders/give-away.ts';
import type { GuardedFolder } from '../folders/guarded-folder.ts';
import { walkKept } from './walk-kept.ts';

/**
 * A profile as a row of bytes: for each entry the length of its description, the description, and the bytes of the
 * file; a length of 0 ends it. A folder comes before what is in it.
 */
const entrySchema = z.object({ path: z.string().max(4_096), bytes: z.number().int().nonnegative().optional() });

const pieceBytes = 256 * 1_024;
const descriptionBytesMax = 64 * 1_024;

export const packProfile = async function* (session: GuardedFolder): AsyncGenerator<Buffer> {
  for await (const { path, file } of walkKept(session)) {
    yield describe(file === undefined ? { path } : { path, bytes: file.stat.size });
    if (file !== undefined) yield* readWhole(file.handle, file.stat.size);
  }
  yield Buffer.alloc(4);
};

const describe = (entry: z.infer<typeof entrySchema>): Buffer => {
  const text = Buffer.from(JSON.stringify(entry));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
};

const readWhole = async function* (handle: FileHandle, bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(pieceBytes, bytes - at)), 0, undefined, at);
    if (bytesRead === 0) throw new Error('A file became shorter while it was read.');
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
};

/** Writes it into a folder that does not exist yet. Until all is there nobody but the node reaches it; then it is the owner's. */
export const unpackProfile = async (packed: AsyncIterable<Buffer>, into: string, owner?: Owner): Promise<void> => {
  const reader = readExactly(packed);
  const made = [into];
  await mkdir(into, { mode: 0o700 });
  for (let length = await readLength(reader); length > 0; length = await readLength(reader)) {
    if (length > descriptionBytesMax) throw new Error('A description is too long.');
    const { path, bytes } = entrySchema.parse(JSON.parse((await reader.take(length)).toString()));
    const target = join(into, ...namesOf(path));
    if (bytes === undefined) await mkdir(target, { mode: 0o700 });
    else await writeWhole(target, bytes, reader);
    made.push(target);
  }
  await giveAway(made, owner);
};

const namesOf = (path: string): string[] => {
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..' || name.includes('\0'))) throw new Error('A path leads elsewhere.');
  return names;
};

interface Reader {
  take: (bytes: number) => Promise<Buffer>;
  /** Some of them, as they come. */
  some: (bytesMax: number) => Promise<Buffer>;
}

const readExactly = (source: AsyncIterable<Buffer>): Reader => {
  const pieces = source[Symbol.asyncIterator]();
  let left: Buffer = Buffer.alloc(0);
  const some = async (bytesMax: number): Promise<Buffer> => {
    while (left.length === 0) {
      const next = await pieces.next();
      if (next.done === true) throw new Error('It ends too early.');
      left = next.value;
    }
    const piece = left.subarray(0, bytesMax);
    left = left.subarray(piece.length);
    return piece;
  };
  return {
    some,
    take: async (bytes) => {
      const taken: Buffer[] = [];
      for (let missing = bytes; missing > 0; ) {
        const piece = await some(missing);
        taken.push(piece);
        missing -= piece.length;
      }
      return Buffer.concat(taken);
    },
  };
};

const readLength = async (reader: Reader): Promise<number> => (await reader.take(4)).readUInt32BE();

const writeWhole = async (path: string, bytes: number, reader: Reader): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    for (let missing = bytes; missing > 0; ) {
      const piece = await reader.some(missing);
      await file.writeFile(piece);
      missing -= piece.length;
    }
  } finally {
    await file.close();
  }
};

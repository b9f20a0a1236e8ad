import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/**
 * Bytes in chunks, each encrypted and authenticated with AES-256-GCM, behind a head that everybody may read and nobody
 * may change:
 *
 *   magic · length of the head · head (JSON) · for each chunk: length · ciphertext · tag
 *
 * The key is made for this one file from the node's key, a salt in the head and a digest of the head, so a nonce may count
 * the chunks. It says of the last one that it is the last: cut short, put in another order or joined from two files,
 * nothing opens.
 */
const magic = Buffer.from('WAXOSEAL');
const chunkBytes = 256 * 1_024;
const headBytesMax = 64 * 1_024;
const tagBytes = 16;

export interface Sealing {
  /** 32 bytes. */
  key: Buffer;
  /** What is said of the content in clear. */
  about: Record<string, unknown>;
}

/** Why something sealed is not opened: cut short, changed, or sealed by somebody else. */
export class NotOurs extends Error {
  override name = 'NotOurs';
}

export const sealBytes = async function* (plain: AsyncIterable<Buffer>, { key, about }: Sealing): AsyncGenerator<Buffer> {
  const head = Buffer.from(JSON.stringify({ about, salt: randomBytes(32).toString('base64'), key: nameKey(key) }));
  yield Buffer.concat([magic, lengthOf(head), head]);
  const fileKey = keyFor(key, head);
  let count = 0;
  // One chunk behind, so that the last is known to be the last.
  let last: Buffer = Buffer.alloc(0);
  for await (const chunk of inChunks(plain)) {
    if (count > 0) yield sealChunk(last, fileKey, nonceOf(count - 1, false));
    last = chunk;
    count += 1;
  }
  yield sealChunk(last, fileKey, nonceOf(Math.max(count - 1, 0), true));
};

/** What is said of it in clear; not to be believed before a chunk was opened. */
export const readHead = async (file: FileHandle, key: Buffer): Promise<OpenedHead> => {
  const start = await readAt(file, 0, magic.length + 4);
  if (!start.subarray(0, magic.length).equals(magic)) throw new NotOurs('it is nothing that was sealed here');
  const length = start.readUInt32BE(magic.length);
  if (length > headBytesMax) throw new NotOurs('it is damaged at its head');
  const head = await readAt(file, start.length, length);
  const read = parse(head);
  if (read.key !== nameKey(key)) throw new NotOurs('it was sealed with another key');
  return { about: read.about, fileKey: keyFor(key, head), at: start.length + length };
};

interface OpenedHead {
  about: unknown;
  fileKey: Buffer;
  /** Where the chunks begin. */
  at: number;
}

/** Each chunk is authenticated before it is handed out. */
export const openSealed = async function* (file: FileHandle, { fileKey, at: start }: OpenedHead): AsyncGenerator<Buffer> {
  const { size } = await file.stat();
  let at = start;
  for (let count = 0; ; count += 1) {
    const length = (await readAt(file, at, 4)).readUInt32BE();
    if (length > chunkBytes) throw new NotOurs(`it is damaged at byte ${at}`);
    const sealed = await readAt(file, at + 4, length + tagBytes);
    const end = at + 4 + sealed.length;
    const isLast = end === size;
    yield openChunk(sealed, fileKey, { nonce: nonceOf(count, isLast), at });
    if (isLast) return;
    at = end;
  }
};

const inChunks = async function* (plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of plain) {
    for (let rest = piece; rest.length > 0; ) {
      const part = rest.subarray(0, chunkBytes - bytes);
      rest = rest.subarray(part.length);
      pieces.push(part);
      bytes += part.length;
      if (bytes < chunkBytes) continue;
      yield Buffer.concat(pieces);
      [pieces, bytes] = [[], 0];
    }
  }
  if (bytes > 0) yield Buffer.concat(pieces);
};

const sealChunk = (chunk: Buffer, key: Buffer, nonce: Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(chunk), cipher.final()]);
  return Buffer.concat([lengthOf(text), text, cipher.getAuthTag()]);
};

const openChunk = (sealed: Buffer, key: Buffer, { nonce, at }: { nonce: Buffer; at: number }): Buffer => {
  const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, -tagBytes)), cipher.final()]);
  } catch (error) {
    throw new NotOurs(`it is damaged or cut short at byte ${at}`, { cause: error });
  }
};

const nonceOf = (count: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(count, 4);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
};

const keyFor = (key: Buffer, head: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, createHash('sha256').update(head).digest(), 'waxos profile', 32));

/** Tells keys apart, and tells nothing of them. */
const nameKey = (key: Buffer): string => createHmac('sha256', key).update('waxos profile key').digest('base64url').slice(0, 12);

const lengthOf = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
};

const readAt = async (file: FileHandle, at: number, bytes: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(bytes);
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await file.read(buffer, done, bytes - done, at + done);
    if (bytesRead === 0) throw new NotOurs('it was cut short');
    done += bytesRead;
  }
  return buffer;
};

const parse = (head: Buffer): { about: unknown; key: unknown } => {
  try {
    const read: unknown = JSON.parse(head.toString());
    if (typeof read === 'object' && read !== null && 'about' in read && 'key' in read) return { about: read.about, key: read.key };
  } catch (error) {
    throw new NotOurs('it is damaged at its head', { cause: error });
  }
  throw new NotOurs('it is damaged at its head');
};

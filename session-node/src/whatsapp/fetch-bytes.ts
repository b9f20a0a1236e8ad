import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Chat, MessageKey } from '@waxos/contract/node-link/identities';
import { DriverRefusal, type Fetched } from './driver.ts';
import type { PageDoor } from './page-door.ts';
import { dropMedia, fetchBlob } from './page-scripts/carry-media.ts';
import { fetchPictureBlob } from './page-scripts/fetch-picture.ts';

const chunkBytes = 512 * 1_024;
/** WhatsApp's own limit of a document is 2 GB; no page of ours is to hold that. */
const largestBytes = 256 * 1_024 * 1_024;

export const fetchMedia = (door: PageDoor, key: MessageKey, signal: AbortSignal): Promise<Fetched | 'gone'> => fetchBytes(door, (token) => door.ask(fetchBlob, { key, token, phoneMs: door.deadlines.mediaMs / 4 }, door.deadlines.mediaMs), signal);

export const fetchPicture = (door: PageDoor, chat: Chat, signal: AbortSignal): Promise<Fetched | 'none'> => fetchBytes(door, (token) => door.ask(fetchPictureBlob, { chat, token }, door.deadlines.callMs * 2), signal);

/** The page fetches into a blob of its own, which is read out piece by piece as fast as it is taken. */
const fetchBytes = async <N extends string>(door: PageDoor, begin: (token: string) => Promise<{ mimetype: string; bytes: number } | N>, signal: AbortSignal): Promise<Fetched | N> => {
  const token = randomUUID();
  // A page that is gone has dropped it as well.
  const drop = (): Promise<void> => door.run(dropMedia, token).catch(() => undefined);
  const aborted = (): void => void drop();
  signal.throwIfAborted();
  signal.addEventListener('abort', aborted, { once: true });
  try {
    const found = await begin(token);
    if (typeof found === 'string') return found;
    if (found.bytes > largestBytes) throw new DriverRefusal('refused', `${found.bytes} bytes are too many`);
    return { mimetype: found.mimetype, bytes: Readable.from(read(door, token, { signal, drop }), { objectMode: false, highWaterMark: chunkBytes }) };
  } catch (error) {
    await drop();
    throw error;
  } finally {
    signal.removeEventListener('abort', aborted);
  }
};

/** The blob is let go however the reading ends. */
async function* read(door: PageDoor, token: string, { signal, drop }: { signal: AbortSignal; drop: () => Promise<void> }): AsyncGenerator<Buffer> {
  const session = await door.debug();
  try {
    const { result } = await door.within(() => session.send('Runtime.evaluate', { expression: `globalThis.waxos.blobs.get('${token}')` }));
    if (result.objectId === undefined) throw new DriverRefusal('media_missing', 'the page has dropped it');
    const { objectId } = result;
    const { uuid } = await door.within(() => session.send('IO.resolveBlob', { objectId }));
    for (let offset = 0; ; ) {
      signal.throwIfAborted();
      const piece = await door.within(() => session.send('IO.read', { handle: `blob:${uuid}`, offset, size: chunkBytes }));
      const bytes = Buffer.from(piece.data, piece.base64Encoded === true ? 'base64' : 'utf8');
      offset += bytes.length;
      if (bytes.length > 0) yield bytes;
      if (piece.eof || bytes.length === 0) return;
    }
  } finally {
    await drop();
  }
}

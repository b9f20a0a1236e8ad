import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MessageKey } from '@waxos/contract/node-link/identities';
import { DriverRefusal } from './driver.ts';
import type { PageDoor } from './page-door.ts';
import { dropMedia, fetchBlob } from './page-scripts/carry-media.ts';

const chunkBytes = 512 * 1_024;
/** WhatsApp's own limit of a document is 2 GB; no page of ours is to hold that. */
const largestBytes = 256 * 1_024 * 1_024;

/** The page fetches and decrypts into a blob of its own, which is read out piece by piece as fast as it is taken. */
export const fetchMedia = async (door: PageDoor, key: MessageKey, signal: AbortSignal): Promise<{ mimetype: string; bytes: Readable } | 'gone'> => {
  const token = randomUUID();
  // A page that is gone has dropped it as well.
  const drop = (): Promise<void> => door.run(dropMedia, token).catch(() => undefined);
  const aborted = (): void => void drop();
  signal.throwIfAborted();
  signal.addEventListener('abort', aborted, { once: true });
  try {
    const found = await door.ask(fetchBlob, { key, token }, door.deadlines.mediaMs);
    if (found === 'gone') return 'gone';
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

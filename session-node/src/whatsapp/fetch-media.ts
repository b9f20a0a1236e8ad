import { randomUUID } from 'node:crypto';
import type { MessageKey } from '@waxos/contract/node-link/identities';
import { DriverRefusal, type Fetched } from './driver.ts';
import type { PageDoor } from './page-door.ts';
import { dropMedia, fetchBlob } from './page-scripts/carry-media.ts';
import { readHandle, toStream } from './read-handle.ts';

/** WhatsApp's own limit of a document is 2 GB; no page of ours is to hold that. */
const largestBytes = 256 * 1_024 * 1_024;

/** The page fetches and decrypts into a blob of its own, which is read out piece by piece as fast as it is taken. */
export const fetchMedia = async (door: PageDoor, key: MessageKey, signal: AbortSignal): Promise<Fetched | 'gone'> => {
  const token = randomUUID();
  // A page that is gone has dropped it as well.
  const drop = (): Promise<void> => door.run(dropMedia, token).catch(() => undefined);
  const aborted = (): void => void drop();
  signal.throwIfAborted();
  signal.addEventListener('abort', aborted, { once: true });
  try {
    const found = await door.ask(fetchBlob, { key, token, phoneMs: door.deadlines.mediaMs / 4 }, door.deadlines.mediaMs);
    if (found === 'gone') return 'gone';
    if (found.bytes > largestBytes) throw new DriverRefusal('refused', `${found.bytes} bytes are too many`);
    return { mimetype: found.mimetype, bytes: toStream(readBlob(door, token, { signal, drop })) };
  } catch (error) {
    await drop();
    throw error;
  } finally {
    signal.removeEventListener('abort', aborted);
  }
};

/** The blob is let go however the reading ends. */
async function* readBlob(door: PageDoor, token: string, { signal, drop }: { signal: AbortSignal; drop: () => Promise<void> }): AsyncGenerator<Buffer> {
  const session = await door.debug();
  try {
    const { result } = await door.within(() => session.send('Runtime.evaluate', { expression: `globalThis.waxos.blobs.get('${token}')` }));
    if (result.objectId === undefined) throw new DriverRefusal('media_missing', 'the page has dropped it');
    const { objectId } = result;
    const { uuid } = await door.within(() => session.send('IO.resolveBlob', { objectId }));
    yield* readHandle(door, { handle: `blob:${uuid}`, signal, largestBytes, done: drop });
  } finally {
    await drop();
  }
}

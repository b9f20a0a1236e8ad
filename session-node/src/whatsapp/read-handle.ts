import { Readable } from 'node:stream';
import { DriverRefusal } from './driver.ts';
import type { PageDoor } from './page-door.ts';

const chunkBytes = 512 * 1_024;

interface Reading {
  /** As the debugger names what it holds for us. */
  handle: string;
  signal: AbortSignal;
  largestBytes: number;
  /** Lets it go, however the reading ends. */
  done: () => Promise<void>;
}

/** As a stream that holds one piece at most. */
export const toStream = (pieces: AsyncGenerator<Buffer>): Readable => Readable.from(pieces, { objectMode: false, highWaterMark: chunkBytes });

/** Reads out what the browser holds, piece by piece, as fast as it is taken. */
export async function* readHandle(door: PageDoor, { handle, signal, largestBytes, done }: Reading): AsyncGenerator<Buffer> {
  const session = await door.debug();
  try {
    for (let size = 0; ; ) {
      signal.throwIfAborted();
      const piece = await door.within(() => session.send('IO.read', { handle, size: chunkBytes, ...(handle.startsWith('blob:') ? { offset: size } : {}) }));
      const bytes = Buffer.from(piece.data, piece.base64Encoded === true ? 'base64' : 'utf8');
      size += bytes.length;
      if (size > largestBytes) throw new DriverRefusal('refused', `more than ${largestBytes} bytes are too many`);
      if (bytes.length > 0) yield bytes;
      if (piece.eof || bytes.length === 0) return;
    }
  } finally {
    await done();
  }
}

import { Readable } from 'node:stream';

/** As much of the beginning as tells what it is. */
const HEAD_BYTES = 4_100;

/** More came than may be stored. */
export class TooManyBytes extends Error {}

/** A stream whose first bytes are known before it goes on: of it, they are read again, and not one byte too many. */
export const openBytes = async (source: Readable, bytesMax: number): Promise<{ head: Buffer; bytes: Readable }> => {
  const iterator = source.iterator({ destroyOnReturn: true }) as AsyncIterator<Buffer, undefined>;
  const first: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(first);
  const all = async function* (): AsyncGenerator<Buffer> {
    let count = head.length;
    try {
      if (count > bytesMax) throw new TooManyBytes();
      if (count > 0) yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        count += next.value.length;
        if (count > bytesMax) throw new TooManyBytes();
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  return { head: head.subarray(0, HEAD_BYTES), bytes: Readable.from(all(), { objectMode: false }) };
};

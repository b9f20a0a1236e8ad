import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { StoredObject } from './object-store.ts';

/** Passes bytes on, and knows in the end how many they were and what they hash to. */
export const measureBytes = (): { through: Transform; measured: () => StoredObject } => {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { through, measured: () => ({ hash: hash.digest('hex'), bytes }) };
};

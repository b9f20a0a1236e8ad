import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { SandboxRefusal } from '../network/refusal.ts';

export interface StoredMedia {
  hash: string;
  mimetype: string;
  size: number;
}

/** Bytes by what they are, a network's apart from every other's: knowing a hash is not enough to read across. */
export interface MediaStore {
  save: (network: string, mimetype: string, bytes: Readable) => Promise<StoredMedia>;
  find: (network: string, hash: string) => Promise<(StoredMedia & { open: () => Readable }) | undefined>;
}

export const MEDIA_BYTES_MAX = 100 * 1024 * 1024;

/** Hashes and counts what flows through; ends the flow that is too long. */
const measure = (): { through: Transform; result: () => { hash: string; size: number } } => {
  const hash = createHash('sha256');
  let size = 0;
  const through = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.length;
      hash.update(chunk);
      if (size > MEDIA_BYTES_MAX) done(new SandboxRefusal('too_many', 'A file may have 100 MB at most.'));
      else done(null, chunk);
    },
  });
  return { through, result: () => ({ hash: hash.digest('hex'), size }) };
};

export const openMemoryMedia = (): MediaStore => {
  const networks = new Map<string, Map<string, StoredMedia & { bytes: Buffer }>>();
  return {
    save: async (network, mimetype, bytes) => {
      const { through, result } = measure();
      const [all] = await Promise.all([buffer(through), pipeline(bytes, through)]);
      const stored = { ...result(), mimetype };
      const files = networks.get(network) ?? new Map<string, StoredMedia & { bytes: Buffer }>();
      networks.set(network, files);
      // The first to bring the bytes says what they are.
      const known = files.get(stored.hash);
      if (known === undefined) files.set(stored.hash, { ...stored, bytes: all });
      return { ...stored, mimetype: known?.mimetype ?? mimetype };
    },
    find: (network, hash) => {
      const known = networks.get(network)?.get(hash);
      if (known === undefined) return Promise.resolve(undefined);
      const { bytes, ...stored } = known;
      return Promise.resolve({ ...stored, open: () => Readable.from([bytes]) });
    },
  };
};

const storedMedia = z.object({ hash: z.string(), mimetype: z.string(), size: z.number() });

export const openDiskMedia = (folder: string): MediaStore => {
  const folderOf = (network: string): string => join(folder, folderName(network));
  const find: MediaStore['find'] = async (network, hash) => {
    const file = join(folderOf(network), hash);
    const text = await readFile(`${file}.json`, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    return text === undefined ? undefined : { ...storedMedia.parse(JSON.parse(text)), open: () => createReadStream(file) };
  };
  return {
    find,
    save: async (network, mimetype, bytes) => {
      const { through, result } = measure();
      await mkdir(folderOf(network), { recursive: true });
      const fresh = join(folderOf(network), `${randomUUID()}.new`);
      try {
        await pipeline(bytes, through, createWriteStream(fresh));
        const stored = { ...result(), mimetype };
        const known = await find(network, stored.hash);
        if (known !== undefined) return { ...stored, mimetype: known.mimetype };
        // Bytes first: what is described is there.
        await rename(fresh, join(folderOf(network), stored.hash));
        await writeFile(`${fresh}.json`, JSON.stringify(stored));
        await rename(`${fresh}.json`, join(folderOf(network), `${stored.hash}.json`));
        return stored;
      } finally {
        await rm(fresh, { force: true });
      }
    },
  };
};

/** A network's id may be any text; a folder's name may not. */
export const folderName = (network: string): string => createHash('sha256').update(network).digest('hex').slice(0, 32);

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { SandboxRefusal } from '../network/refusal.ts';
import type { Allowance } from './open-allowance.ts';

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

/** Hashes and counts what flows through; ends the flow that is too long, or that finds no room. */
const measure = (owner: string, allowance: Allowance): { through: Transform; result: () => { hash: string; size: number }; giveBack: () => void } => {
  const hash = createHash('sha256');
  let size = 0;
  const through = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.length;
      hash.update(chunk);
      allowance.set(owner, allowance.used(owner) + chunk.length);
      try {
        if (size > MEDIA_BYTES_MAX) throw new SandboxRefusal('too_many', 'A file may have 100 MB at most.');
        // Counted as it comes, for several may come at once.
        allowance.check(owner, 0);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  return { through, result: () => ({ hash: hash.digest('hex'), size }), giveBack: () => allowance.set(owner, allowance.used(owner) - size) };
};

export const openMemoryMedia = (allowance: Allowance): MediaStore => {
  const networks = new Map<string, Map<string, StoredMedia & { bytes: Buffer }>>();
  return {
    save: async (network, mimetype, bytes) => {
      const { through, result, giveBack } = measure(network, allowance);
      const [all] = await Promise.all([buffer(through), pipeline(bytes, through)]).catch((error: unknown) => {
        giveBack();
        throw error;
      });
      const stored = { ...result(), mimetype };
      const files = networks.get(network) ?? new Map<string, StoredMedia & { bytes: Buffer }>();
      networks.set(network, files);
      // The first to bring the bytes says what they are.
      const known = files.get(stored.hash);
      if (known === undefined) files.set(stored.hash, { ...stored, bytes: all });
      else giveBack();
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

export const openDiskMedia = (folder: string, allowance: Allowance): MediaStore => {

  const folderOf = (network: string): string => join(folder, folderName(network));
  const find: MediaStore['find'] = async (network, hash) => {
    const file = join(folderOf(network), hash);
    const text = await readFile(`${file}.json`, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    return text === undefined ? undefined : { ...storedMedia.parse(JSON.parse(text)), open: () => createReadStream(file) };
  };
  for (const name of existsSync(folder) ? readdirSync(folder) : []) allowance.set(name, tidyFolder(join(folder, name)));
  return {
    find,
    save: async (network, mimetype, bytes) => {
      const { through, result, giveBack } = measure(folderName(network), allowance);
      await mkdir(folderOf(network), { recursive: true, mode: 0o700 });
      const fresh = join(folderOf(network), `${randomUUID()}.new`);
      let isKept = false;
      try {
        await pipeline(bytes, through, createWriteStream(fresh, { mode: 0o600 }));
        const stored = { ...result(), mimetype };
        const known = await find(network, stored.hash);
        if (known !== undefined) return { ...stored, mimetype: known.mimetype };
        // Bytes first: what is described is there.
        await rename(fresh, join(folderOf(network), stored.hash));
        await writeFile(`${fresh}.json`, JSON.stringify(stored), { mode: 0o600 });
        await rename(`${fresh}.json`, join(folderOf(network), `${stored.hash}.json`));
        isKept = true;
        return stored;
      } finally {
        if (!isKept) giveBack();
        await rm(fresh, { force: true });
      }
    },
  };
};

/** Removes what was still coming in when a process died; answers how many bytes stay. */
const tidyFolder = (folder: string): number => {
  let bytes = 0;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (/\.new(\.json)?$/.test(name)) rmSync(join(folder, name), { force: true });
    else bytes += statSync(join(folder, name)).size;
  }
  return bytes;
};

/** A network's id may be any text; a folder's name may not. */
export const folderName = (network: string): string => createHash('sha256').update(network).digest('hex').slice(0, 32);

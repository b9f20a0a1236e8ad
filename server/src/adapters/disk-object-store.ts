import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { measureBytes } from './measure-bytes.ts';
import { nameObject, type ObjectStore } from './object-store.ts';

/** Drafts of other gateways on the same folder may be under way; none takes so long. */
const DRAFT_AGE_MS_MAX = 60 * 60_000;

/** A draft is written and synced beside, and gets its name by a rename: no object is ever there by half. */
export const openDiskObjectStore = async (dir: string): Promise<ObjectStore> => {
  const drafts = join(dir, 'drafts');
  await mkdir(drafts, { recursive: true, mode: 0o700 });
  await forgetDrafts(drafts);

  return {
    put: async (workspaceId, bytes) => {
      const draft = join(drafts, randomUUID());
      const { through, measured } = measureBytes();
      try {
        await pipeline(bytes, through, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }));
        const object = measured();
        await nameDraft(draft, join(dir, nameObject(workspaceId, object.hash)));
        return object;
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    get: async (workspaceId, hash) => {
      const handle = await open(join(dir, nameObject(workspaceId, hash))).catch(ignoreMissing);
      if (handle === undefined) return undefined;
      const { size } = await handle.stat();
      return { bytes: size, stream: handle.createReadStream() };
    },
    check: () => access(drafts, constants.W_OK),
    close: () => undefined,
  };
};

/** What was renamed is still there after the power was cut: its folder is synced too, and the one above a new folder. */
const nameDraft = async (draft: string, path: string): Promise<void> => {
  const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(draft, path);
  await syncFolder(dirname(path));
  if (made !== undefined) await syncFolder(dirname(made));
};

const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const forgetDrafts = async (drafts: string): Promise<void> => {
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name);
    const found = await stat(path).catch(ignoreMissing);
    if (found !== undefined && Date.now() - found.mtimeMs > DRAFT_AGE_MS_MAX) await rm(path, { force: true });
  }
};

const ignoreMissing = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};

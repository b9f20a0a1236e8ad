import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from '../folders/remove-tree.ts';
import { destroyProfile, deviceDirOf } from '../profile-folder.ts';
import { readIfThere } from '../read-if-there.ts';
import { openShelf, type Shelf, type ShelfLimits, type Snapshot } from '../snapshots/open-shelf.ts';
import { listFolders } from './session-folders.ts';

/**
 * Where a device's profile is, in one of two ways:
 *
 *   live      profilesDir/<device>/{session, claims, snapshots}                       on storage that all nodes share
 *   sealed    profilesDir/<device>/session                                            on the node's own disk
 *             sealedDir/<device>/{claims, generation, <generation>/…sealed}           on storage that all nodes share
 *
 * A logout destroys: live, the folder is renamed away whole. Sealed, another generation is noted, and with that neither
 * what is sealed nor a folder on any node is of this link any more, however far the removing gets.
 */
export interface Home {
  deviceDir: string;
  /** The folder with the claims in it. */
  claimsIn: string;
  /** For the holder of the claim. Where no generation is noted, that of the folder here is, if it has one. */
  settle: (here?: string) => Promise<{ generation: string | undefined; shelf: Shelf }>;
  /** The link is gone when this resolves, and with it all that was kept of it. For the holder of the claim. */
  destroy: () => Promise<'with claims' | 'without claims'>;
}

export interface Storage {
  profilesDir: string;
  /** Where snapshots are, if folders are the node's own; beside the folders otherwise. */
  sealedDir: string | undefined;
  key: Buffer;
  limits: ShelfLimits;
  passedOver: (device: string, snapshot: Snapshot, why: string) => void;
}

interface Whose {
  device: string;
  kind: 'whatsapp' | 'sandbox';
}

export const openHome = ({ device, kind }: Whose, storage: Storage): Home => {
  const { profilesDir, sealedDir, key, limits } = storage;
  const deviceDir = deviceDirOf(profilesDir, device);
  const shelfIn = (dir: string): Shelf => openShelf({ dir, key, device, kind, limits, passedOver: (snapshot, why) => storage.passedOver(device, snapshot, why) });
  if (sealedDir === undefined) {
    return {
      deviceDir,
      claimsIn: deviceDir,
      settle: () => Promise.resolve({ generation: undefined, shelf: shelfIn(join(deviceDir, 'snapshots')) }),
      destroy: async () => {
        await destroyProfile(profilesDir, deviceDir);
        return 'without claims';
      },
    };
  }
  const sealed = deviceDirOf(sealedDir, device);
  return {
    deviceDir,
    claimsIn: sealed,
    settle: async (here) => {
      const generation = await settleGeneration(sealed, here);
      return { generation, shelf: shelfIn(join(sealed, generation)) };
    },
    destroy: async () => {
      await replaceGeneration(sealed);
      await destroyProfile(profilesDir, deviceDir);
      await removeOutdated(sealed);
      return 'with claims';
    },
  };
};

const generationFile = 'generation';
const isGeneration = (name: string): boolean => /^g-[0-9a-f-]{36}$/.test(name);

/** What is sealed of former links is removed on the way, if whoever ended them did not get so far. */
const settleGeneration = async (sealed: string, here: string | undefined): Promise<string> => {
  const known = await readGeneration(sealed);
  // Absent also where the wrong storage is mounted: then nothing may be taken for outdated.
  if (known === undefined) return replaceGeneration(sealed, here);
  await removeOutdated(sealed);
  return known;
};

const readGeneration = async (sealed: string): Promise<string | undefined> => {
  const text = await readIfThere(join(sealed, generationFile));
  if (text !== undefined && !isGeneration(text)) throw new Error('The generation of a device’s link cannot be read.');
  return text;
};

const replaceGeneration = async (sealed: string, generation = `g-${randomUUID()}`): Promise<string> => {
  const draft = join(sealed, `${randomUUID()}.draft`);
  await writeFile(draft, generation, { mode: 0o600, flush: true });
  await rename(draft, join(sealed, generationFile));
  return generation;
};

const removeOutdated = async (sealed: string): Promise<void> => {
  const known = await readGeneration(sealed);
  for (const name of await readdir(sealed)) if (isGeneration(name) && name !== known) await removeTree(join(sealed, name));
};

/** Folders here of links that were ended on other nodes, before any of them is opened. */
export const sweepOutdated = async ({ profilesDir, sealedDir }: Pick<Storage, 'profilesDir' | 'sealedDir'>): Promise<void> => {
  if (sealedDir === undefined) return;
  const devices = (await readdir(profilesDir, { withFileTypes: true })).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  for (const { name: device } of devices) {
    const known = await readGeneration(join(sealedDir, device));
    const folders = await listFolders(join(profilesDir, device));
    const isOutdated = known !== undefined && folders.length > 0 && folders.every(({ generation }) => generation !== undefined && generation !== known);
    if (isOutdated) await destroyProfile(profilesDir, join(profilesDir, device));
  }
};

const keyFile = '.key';

/** For folders beside which the snapshots are: whoever reads the one may read the other. Made by whichever node comes first. */
export const settleKey = async (profilesDir: string): Promise<Buffer> => {
  const path = join(profilesDir, keyFile);
  const draft = join(profilesDir, `.${randomUUID()}.draft`);
  try {
    return parseKey(await readFile(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  await mkdir(profilesDir, { recursive: true, mode: 0o711 });
  await writeFile(draft, randomBytes(32).toString('base64'), { mode: 0o600, flush: true });
  // Another node may be first.
  await link(draft, path).catch(() => undefined);
  await rm(draft, { force: true });
  return parseKey(await readFile(path, 'utf8'));
};

const parseKey = (text: string): Buffer => {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) throw new Error('The key of the profiles’ snapshots is not one of 32 bytes.');
  return key;
};

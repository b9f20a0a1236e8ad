import { randomUUID } from 'node:crypto';
import { constants, lchown, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Owner } from './folders/give-away.ts';
import { inFolder, measureFolder, within, type GuardedFolder, type OpenedFile } from './folders/guarded-folder.ts';
import { removeIn, removeTree } from './folders/remove-tree.ts';

/** Where a device's folders are; `session` is the name that the library's LocalAuth gives to a browser's own. */
export const deviceDirOf = (profilesDir: string, device: string): string => {
  if (!/^[\w-]{1,64}$/.test(device)) throw new Error('A device is named by letters, digits, hyphens and underscores.');
  return join(profilesDir, device);
};
export const sessionDirOf = (deviceDir: string): string => join(deviceDir, 'session');

/** The browser's user owns what is inside, and may only pass through the folders above. */
export const makeSessionDir = async (deviceDir: string, owner?: Owner): Promise<string> => {
  const sessionDir = sessionDirOf(deviceDir);
  await makeFolderFor(sessionDir, owner);
  return sessionDir;
};

export const makeFolderFor = async (sessionDir: string, owner?: Owner): Promise<void> => {
  await mkdir(dirname(sessionDir), { recursive: true, mode: 0o711 });
  await mkdir(sessionDir, { recursive: true, mode: 0o700 });
  if (owner !== undefined) await lchown(sessionDir, owner.uid, owner.gid);
};

/** Only for the holder of the claim: these are what stops a second browser. */
export const removeSingletons = async (sessionDir: string): Promise<void> => {
  await Promise.all(['SingletonLock', 'SingletonCookie', 'SingletonSocket'].map((name) => rm(join(sessionDir, name), { force: true })));
};

/** A browser that was killed says so at its next start, and asks whether to restore its pages; ours has nobody to ask. */
export const repairPreferences = async (sessionDir: string): Promise<void> => {
  await inFolder(sessionDir, (folder) => within(folder, ['Default'], repairIn));
};

const preferencesBytesMax = 16 * 1_024 * 1_024;
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

const repairIn = async (folder: GuardedFolder): Promise<void> => {
  const file = await folder.read('Preferences');
  if (file === undefined) return;
  const { stat } = file;
  const read = parseObject(await readText(file));
  // A half-written file keeps Chromium from its other settings; without one it begins anew, and the link is not in it.
  if (read === undefined) return removeIn(folder, 'Preferences');
  const profile = asObject(read['profile']) ?? {};
  if (profile['exit_type'] === 'Normal' && profile['exited_cleanly'] !== false) return;
  const repaired = { ...read, profile: { ...profile, exit_type: 'Normal', exited_cleanly: true } };
  const draft = `Preferences.${randomUUID()}`;
  const written = await open(folder.at(draft), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, stat.mode & 0o777);
  try {
    await written.writeFile(JSON.stringify(repaired));
    await written.chown(stat.uid, stat.gid);
  } finally {
    await written.close();
  }
  await rename(folder.at(draft), folder.at('Preferences'));
};

const readText = async ({ handle, stat }: OpenedFile): Promise<string> => {
  try {
    return stat.size > preferencesBytesMax ? '' : await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
};

const parseObject = (text: string): Record<string, unknown> | undefined => {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // Not JSON: the one thing asked here.
    return undefined;
  }
};

const asObject = (value: unknown): Record<string, unknown> | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined);

const useless = ['BrowserMetrics', 'Crashpad', 'GPUPersistentCache', 'GrShaderCache', 'GraphiteDawnCache', 'OptimizationHints', 'Safe Browsing', 'ShaderCache', 'component_crx_cache', 'Default/DawnGraphiteCache', 'Default/DawnWebGPUCache', 'Default/GPUCache'];
/** Costs a load of the page to fill again. A worker goes with its script: one without is never started again. */
const fetched = ['Default/Cache', 'Default/Code Cache', 'Default/Service Worker'];

/** Throws away what a browser can fetch or make again; what can only be fetched goes when the profile is over its quota. */
export const trimCaches = async (sessionDir: string, bytesMax: number): Promise<void> => {
  await inFolder(sessionDir, async (folder) => {
    await removeAll(folder, useless);
    if ((await measureFolder(folder)) > bytesMax) await removeAll(folder, fetched);
  });
};

/** All goes but where pages keep what they store: settings and caches that a browser may stumble over. */
export const stripProfile = async (sessionDir: string): Promise<void> => {
  await inFolder(sessionDir, async (folder) => {
    for (const { name } of await folder.list()) if (name !== 'Default') await removeIn(folder, name);
    await within(folder, ['Default'], async (inner) => {
      for (const { name } of await inner.list()) if (!stored.includes(name)) await removeIn(inner, name);
    });
  });
};
const stored = ['IndexedDB', 'Local Storage', 'Session Storage', 'WebStorage', 'File System', 'Cookies', 'Cookies-journal', 'Network'];

const removeAll = async (folder: GuardedFolder, paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    const names = path.split('/');
    await within(folder, names.slice(0, -1), (parent) => removeIn(parent, names.at(-1) ?? ''));
  }
};

export const measureDisk = async (sessionDir: string): Promise<number> => (await inFolder(sessionDir, measureFolder)) ?? 0;

const destroyed = '.destroyed-';

/** The link is gone when this resolves, and whoever looks on the way finds either all of it or nothing. */
export const destroyProfile = async (profilesDir: string, deviceDir: string): Promise<void> => {
  const doomed = join(profilesDir, `${destroyed}${randomUUID()}`);
  await rename(deviceDir, doomed);
  await removeTree(doomed);
};

/** What a node that ended in the middle of it has left; another may be at it too. */
export const sweepDestroyed = async (profilesDir: string): Promise<void> => {
  const names = (await readdir(profilesDir)).filter((name) => name.startsWith(destroyed));
  for (const name of names) await removeTree(join(profilesDir, name));
};

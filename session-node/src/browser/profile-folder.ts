import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from './read-if-there.ts';

/** Where a device's folders are; `session` is the name that the library's LocalAuth gives to a browser's own. */
export const deviceDirOf = (profilesDir: string, device: string): string => {
  if (!/^[\w-]{1,64}$/.test(device)) throw new Error('A device is named by letters, digits, hyphens and underscores.');
  return join(profilesDir, device);
};
export const sessionDirOf = (deviceDir: string): string => join(deviceDir, 'session');

interface Owner {
  uid: number;
  gid: number;
}

/** The browser's user owns what is inside, and may only pass through the folders above. */
export const makeSessionDir = async (deviceDir: string, owner?: Owner): Promise<string> => {
  await mkdir(deviceDir, { recursive: true, mode: 0o711 });
  const sessionDir = sessionDirOf(deviceDir);
  await mkdir(sessionDir, { recursive: true, mode: 0o700 });
  if (owner !== undefined) await chown(sessionDir, owner.uid, owner.gid);
  return sessionDir;
};

/** Only for the holder of the claim: these are what stops a second browser. */
export const removeSingletons = async (sessionDir: string): Promise<void> => {
  await Promise.all(['SingletonLock', 'SingletonCookie', 'SingletonSocket'].map((name) => rm(join(sessionDir, name), { force: true })));
};

/** A browser that was killed says so at its next start, and asks whether to restore its pages; ours has nobody to ask. */
export const repairPreferences = async (sessionDir: string): Promise<void> => {
  const path = join(sessionDir, 'Default', 'Preferences');
  const text = await readIfThere(path);
  if (text === undefined) return;
  const read = parseObject(text);
  // A half-written file keeps Chromium from its other settings; without one it begins anew, and the link is not in it.
  if (read === undefined) return rm(path, { force: true });
  const profile = asObject(read['profile']) ?? {};
  if (profile['exit_type'] === 'Normal' && profile['exited_cleanly'] !== false) return;
  const repaired = { ...read, profile: { ...profile, exit_type: 'Normal', exited_cleanly: true } };
  const draft = `${path}.${randomUUID()}`;
  const { uid, gid, mode } = await stat(path);
  await writeFile(draft, JSON.stringify(repaired), { mode });
  await chown(draft, uid, gid);
  await rename(draft, path);
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

const useless = ['BrowserMetrics', 'Crashpad', 'GrShaderCache', 'GraphiteDawnCache', 'OptimizationHints', 'Safe Browsing', 'ShaderCache', 'component_crx_cache', 'Default/DawnGraphiteCache', 'Default/DawnWebGPUCache', 'Default/GPUCache'];
/** Costs a load of the page to fill again. */
const fetched = ['Default/Cache', 'Default/Code Cache', 'Default/Service Worker/CacheStorage', 'Default/Service Worker/ScriptCache'];

/** Throws away what a browser can fetch or make again; what can only be fetched goes when the profile is over its quota. */
export const trimCaches = async (sessionDir: string, bytesMax: number): Promise<void> => {
  await removeAll(sessionDir, useless);
  if ((await measureDisk(sessionDir)) > bytesMax) await removeAll(sessionDir, fetched);
};

const removeAll = async (sessionDir: string, names: readonly string[]): Promise<void> => {
  await Promise.all(names.map((name) => rm(join(sessionDir, name), { recursive: true, force: true })));
};

/** Bytes on the disk, holes not counted. */
export const measureDisk = async (dir: string): Promise<number> => {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)).then(({ blocks }) => blocks * 512, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** The link is gone when this resolves, and whoever looks on the way finds either all of it or nothing. */
export const destroyProfile = async (profilesDir: string, deviceDir: string): Promise<void> => {
  const doomed = join(profilesDir, `.destroyed-${randomUUID()}`);
  await rename(deviceDir, doomed);
  await rm(doomed, { recursive: true, force: true, maxRetries: 3 });
};

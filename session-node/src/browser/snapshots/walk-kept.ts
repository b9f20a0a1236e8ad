import type { GuardedFolder, OpenedFile } from '../folders/guarded-folder.ts';

/** Where a link lives in a profile, and what a browser needs to read it. All else it can fetch or make again. */
const kept = [
  'Local State',
  'Default/Preferences',
  'Default/Secure Preferences',
  'Default/Cookies',
  'Default/Cookies-journal',
  'Default/Network/Cookies',
  'Default/Network/Cookies-journal',
  'Default/IndexedDB',
  'Default/Local Storage',
  'Default/Session Storage',
  'Default/WebStorage',
  'Default/File System',
];

/** Undefined where it is a folder. */
export interface KeptEntry {
  path: string;
  file?: OpenedFile;
}

/** Far above what any account needs: a page, or whoever broke out of it, fills the storage otherwise. */
const bytesMax = 8_000_000_000;
const entriesMax = 200_000;

/** All that is worth keeping of a profile, folders before what is in them; a file is closed when the next is asked for. */
export const walkKept = async function* (session: GuardedFolder): AsyncGenerator<KeptEntry> {
  let [entries, bytes] = [0, 0];
  for await (const entry of walk(session, '')) {
    entries += 1;
    bytes += entry.file?.stat.size ?? 0;
    if (entries > entriesMax || bytes > bytesMax) throw new Error('The profile is too large to be kept.');
    yield entry;
  }
};

const walk = async function* (folder: GuardedFolder, above: string): AsyncGenerator<KeptEntry> {
  for (const entry of await folder.list()) {
    const path = `${above}${entry.name}`;
    if (entry.isDirectory() && isOnTheWay(path)) yield* walkInto(folder, entry.name, path);
    else if (entry.isFile() && isKept(path)) yield* openOne(folder, entry.name, path);
  }
};

const walkInto = async function* (folder: GuardedFolder, name: string, path: string): AsyncGenerator<KeptEntry> {
  const inner = await folder.enter(name);
  if (inner === undefined) return;
  try {
    yield { path };
    yield* walk(inner, `${path}/`);
  } finally {
    await inner.close();
  }
};

const openOne = async function* (folder: GuardedFolder, name: string, path: string): AsyncGenerator<KeptEntry> {
  const file = await folder.read(name);
  if (file === undefined) return;
  try {
    yield { path, file };
  } finally {
    await file.handle.close();
  }
};

const isKept = (path: string): boolean => kept.some((one) => path === one || path.startsWith(`${one}/`));
const isOnTheWay = (path: string): boolean => isKept(path) || kept.some((one) => one.startsWith(`${path}/`));

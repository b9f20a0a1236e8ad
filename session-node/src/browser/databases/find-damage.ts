import { inFolder, within, type GuardedFolder } from '../folders/guarded-folder.ts';
import { readLog } from './read-log.ts';
import { readManifest } from './read-manifest.ts';

/**
 * What is damaged in the databases of a profile, undefined where nothing is. Chromium throws a damaged one away and begins
 * an empty one, whereupon a linked page shows a QR, and the evidence is gone: so it is looked at before.
 */
export const findDamage = async (sessionDir: string, { closedCleanly = false } = {}): Promise<string | undefined> =>
  inFolder(sessionDir, (folder) => within(folder, ['Default'], (inner) => findIn(inner, !closedCleanly)));

/** Logs are read whole, which takes its time; the writer of one that was closed cleanly was not interrupted. */
const findIn = async (folder: GuardedFolder, logsCount: boolean): Promise<string | undefined> => {
  const databases = await within(folder, ['IndexedDB'], async (inner) => (await inner.list()).filter((entry) => entry.isDirectory() && entry.name.endsWith('.leveldb')).map(({ name }) => ['IndexedDB', name]));
  for (const path of databases ?? []) {
    const damage = await within(folder, path, (inner) => judgeDatabase(inner, { logsCount }));
    if (damage !== undefined) return `${path.at(-1)}: ${damage}`;
  }
  // This one passes over what it cannot read in a log, and goes on with the rest.
  const damage = await within(folder, ['Local Storage', 'leveldb'], (inner) => judgeDatabase(inner, { logsCount: false }));
  return damage === undefined ? undefined : `Local Storage: ${damage}`;
};

/** LevelDB begins another log after 4 MB; a larger file is no log. Of tables only the end is looked at. */
const logBytesMax = 64 * 1_024 * 1_024;
const tableEnd = Buffer.from('57fb808b247547db', 'hex');

const judgeDatabase = async (folder: GuardedFolder, { logsCount }: { logsCount: boolean }): Promise<string | undefined> => {
  const names = (await folder.list()).filter((entry) => entry.isFile()).map(({ name }) => name);
  const tables = names.filter((name) => /^\d+\.(ldb|sst)$/.test(name));
  const list = (await readText(folder, 'CURRENT'))?.toString();
  // Its making was cut off: nothing was in it yet.
  if (list === undefined && tables.length === 0) return undefined;
  const current = /^(MANIFEST-\d+)\n$/.exec(list ?? '')?.[1];
  if (current === undefined) return 'it does not say which tables it has';
  const manifest = await readText(folder, current);
  if (manifest === undefined) return names.includes(current) ? undefined : 'its list of tables is gone';
  const read = readLog(manifest);
  if (read.isDamaged || read.entries.length === 0) return 'its list of tables is damaged';
  const known = readManifest(read.entries);
  if (known === undefined) return undefined;
  return (await judgeTables(folder, names, known.tables)) ?? (logsCount ? await judgeLogs(folder, names, known.log) : undefined);
};

const judgeTables = async (folder: GuardedFolder, names: readonly string[], live: ReadonlyMap<number, number>): Promise<string | undefined> => {
  for (const [number, bytes] of live) {
    const name = names.find((one) => /^\d+\.(ldb|sst)$/.test(one) && Number.parseInt(one, 10) === number);
    if (name === undefined) return `table ${number} is gone`;
    if (!(await isWhole(folder, name, bytes))) return `table ${number} is damaged`;
  }
  return undefined;
};

const judgeLogs = async (folder: GuardedFolder, names: readonly string[], first: number): Promise<string | undefined> => {
  for (const name of names.filter((one) => /^\d+\.log$/.test(one) && Number.parseInt(one, 10) >= first)) {
    const log = await readText(folder, name);
    if (log !== undefined && readLog(log).isDamaged) return `log ${Number.parseInt(name, 10)} is damaged`;
  }
  return undefined;
};

const isWhole = async (folder: GuardedFolder, name: string, bytes: number): Promise<boolean> => {
  const file = await folder.read(name);
  if (file === undefined) return false;
  try {
    const end = Buffer.alloc(tableEnd.length);
    await file.handle.read(end, 0, end.length, Math.max(file.stat.size - end.length, 0));
    return file.stat.size === bytes && end.equals(tableEnd);
  } finally {
    await file.handle.close();
  }
};

const readText = async (folder: GuardedFolder, name: string): Promise<Buffer | undefined> => {
  const file = await folder.read(name);
  if (file === undefined) return undefined;
  try {
    return file.stat.size > logBytesMax ? undefined : await file.handle.readFile();
  } finally {
    await file.handle.close();
  }
};

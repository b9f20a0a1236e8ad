import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { removeTree } from '../folders/remove-tree.ts';
import { readIfThere } from '../read-if-there.ts';

/**
 * The folders that browsers of a device wrote in. There is one, `session`, as the library's LocalAuth names it; another
 * stands beside it where that one is damaged, or belongs to a holder who is not known to be dead. What is known of each
 * is noted outside of it, where only the node writes.
 */
export interface SessionFolder extends FolderNote {
  name: string;
}

const noteSchema = z.object({
  /** Of whoever opened it last. */
  epoch: z.number().int().nonnegative(),
  /** Its browser closed when it was asked to. */
  clean: z.boolean(),
  /** What a page stored in it is gone. */
  broken: z.boolean(),
  /** Of the link, where profiles are local: after a logout elsewhere there is another. */
  generation: z.string().optional(),
});
export type FolderNote = z.infer<typeof noteSchema>;

const named = /^session(-[0-9a-f]{8})?$/;
/** As a folder is that was there before anything was noted. */
const unknown: FolderNote = { epoch: 0, clean: false, broken: false };

/** The newest first; one that still is where it was warmed is there too. */
export const listFolders = async (deviceDir: string): Promise<SessionFolder[]> => {
  const entries = await readdir(deviceDir, { withFileTypes: true });
  const names = new Set(entries.filter((entry) => entry.isDirectory() && named.test(entry.name)).map(({ name }) => name));
  if (entries.some(({ name }) => name === 'warmed')) names.add('session');
  const folders = await Promise.all([...names].map(async (name) => ({ name, ...(await readNote(deviceDir, name)) })));
  return folders.toSorted((a, b) => b.epoch - a.epoch);
};

const readNote = async (deviceDir: string, name: string): Promise<FolderNote> => {
  const text = await readIfThere(join(deviceDir, `${name}.json`));
  return text === undefined ? unknown : (parseNote(text) ?? unknown);
};

/** One that a power cut left empty says as little as none. */
const parseNote = (text: string): FolderNote | undefined => {
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** Whole or not at all. */
export const noteFolder = async (deviceDir: string, name: string, note: FolderNote): Promise<void> => {
  const draft = join(deviceDir, `${randomUUID()}.draft`);
  await writeFile(draft, JSON.stringify(note), { mode: 0o600, flush: true });
  await rename(draft, join(deviceDir, `${name}.json`));
};

/** With what was noted of it, which goes last: a folder without a note passes for an old one. */
export const removeFolder = async (deviceDir: string, name: string): Promise<void> => {
  await removeTree(join(deviceDir, name));
  await rm(join(deviceDir, `${name}.json`), { force: true });
};

export const freeName = (folders: readonly SessionFolder[]): string => (folders.some(({ name }) => name === 'session') ? `session-${randomUUID().slice(0, 8)}` : 'session');

const unfinished = /^(restoring|held)-/;
export const nameUnfinished = (what: 'restoring' | 'held'): string => `${what}-${randomUUID()}`;

/** What a node that ended in the middle of making it has left. */
export const sweepUnfinished = async (deviceDir: string): Promise<void> => {
  for (const name of await readdir(deviceDir)) if (unfinished.test(name)) await removeTree(join(deviceDir, name));
};

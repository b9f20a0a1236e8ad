import { cp, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { repositoryRoot } from '../repository.ts';

/**
 * Copies a fixture to a folder of its own and returns that folder. Fixtures end in `.txt` in the repository, so that
 * no compiler, linter or test runner takes them for code of ours; here they get their real names.
 */
export const layFixture = async (name: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'waxos-check-'));
  await cp(resolve(import.meta.dirname, '../fixtures', name), folder, { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.endsWith('.txt')) await rename(path, path.slice(0, -'.txt'.length));
  }
  await symlink(resolve(repositoryRoot, 'node_modules'), join(folder, 'node_modules'), 'dir');
  await writeFile(join(folder, '.gitignore'), 'node_modules/\n');
  return folder;
};

export const removeFixture = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

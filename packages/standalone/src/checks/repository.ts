import { readdir, readFile } from 'node:fs/promises';
import { matchesGlob, resolve } from 'node:path';

export const repositoryRoot = resolve(import.meta.dirname, '../../../..');

/** Fixtures break the rules on purpose. */
const fixtures = 'packages/standalone/src/checks/fixtures';

/**
 * Every file of the tree, as forward-slashed paths from the root, without what .gitignore names. Walks the
 * folders rather than asking git, which refuses a checkout that belongs to somebody else.
 */
export const listFiles = async (root: string): Promise<string[]> => {
  const ignored = await readIgnored(root);
  const files: string[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await readdir(resolve(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!ignored.folders.has(entry.name) && path !== fixtures) pending.push(path);
      } else if (entry.isFile() && !ignored.files.some((pattern) => matchesGlob(entry.name, pattern))) files.push(path);
    }
  }
  return files.toSorted();
};

const readIgnored = async (root: string): Promise<{ folders: Set<string>; files: string[] }> => {
  const text = await readFile(resolve(root, '.gitignore'), 'utf8');
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return {
    folders: new Set(['.git', ...lines.filter((line) => line.endsWith('/')).map((line) => line.replaceAll('/', ''))]),
    files: lines.filter((line) => !line.includes('/')),
  };
};

export const isSource = (file: string): boolean => /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(file);

export const isTest = (file: string): boolean => /\.(test|spec)\.tsx?$/.test(file);

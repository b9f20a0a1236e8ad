import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const passedOver = new Set(['node_modules', 'dist']);

/** One hash of everything that the built page is made of. */
export const stampPage = async (checkoutDir: string): Promise<string> => {
  const files = [join(checkoutDir, 'package-lock.json'), ...(await listFiles(join(checkoutDir, 'web'))), ...(await listFiles(join(checkoutDir, 'packages', 'contract', 'src')))];
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    hash.update(`${relative(checkoutDir, file)}\0`);
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
};

const listFiles = async (dir: string): Promise<string[]> => {
  const entries = await readdir(dir, { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : listFiles(path);
    return entry.isFile() && !isTest(entry.name) ? [path] : [];
  });
  return (await Promise.all(lists)).flat();
};

const isTest = (name: string): boolean => /\.test\.tsx?$/.test(name);

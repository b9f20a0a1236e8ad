import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BadStart } from './bad-start.ts';
import { checkoutDir } from './config.ts';

/** A benchmark prints what it likes; the last line is one JSON object. */
interface Bench {
  main: (args: string[]) => Promise<void>;
}

/** Runs bench/NAME.ts. */
export const runBench = async ([name, ...args]: string[]): Promise<number> => {
  const dir = join(checkoutDir, 'bench');
  const names = await listBenches(dir);
  if (name === undefined || !names.includes(name)) {
    const asked = name === undefined ? 'npm run bench needs a name' : `There is no benchmark '${name}'`;
    throw new BadStart(`${asked}: choose from ${names.join(', ') || 'none yet'}.`);
  }
  const bench: unknown = await import(pathToFileURL(join(dir, `${name}.ts`)).href);
  if (!isBench(bench)) throw new BadStart(`bench/${name}.ts exports no main.`);
  await bench.main(args);
  return 0;
};

/** Beside the benchmarks lie their parts, which have no main. */
const listBenches = async (dir: string): Promise<string[]> => {
  const files = (await readdir(dir)).filter((file) => /^[\w-]+\.ts$/.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(dir, file), 'utf8')));
  return files.flatMap((file, index) => (texts[index]?.includes('export const main') === true ? [file.slice(0, -3)] : []));
};

const isBench = (module: unknown): module is Bench => typeof module === 'object' && module !== null && 'main' in module && typeof module.main === 'function';

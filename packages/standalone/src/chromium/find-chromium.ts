import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BadStart } from '../bad-start.ts';
import type { FoundChromium } from './found-chromium.ts';
import { unpackChromium } from './unpack-chromium.ts';

interface FindOptions {
  /** CHROMIUM_PATH. */
  chosen: string | undefined;
  /** PATH. */
  searchPath: string | undefined;
  cacheDir: string;
}

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const macPrograms = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** The one that was chosen, else the machine's own, else the one from npm, unpacked on first use. */
export const findChromium = async ({ chosen, searchPath, cacheDir }: FindOptions): Promise<FoundChromium> => {
  if (chosen !== undefined) {
    if (!isProgram(chosen)) throw new BadStart(`CHROMIUM_PATH names ${chosen}, which is no program that can be run: correct it, or remove it to use the one that Waxos brings.`);
    return { executablePath: chosen, env: {}, isHeadlessShell: false };
  }
  const folders = (searchPath ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...(process.platform === 'darwin' ? macPrograms : [])];
  const own = candidates.find(isProgram);
  return own === undefined ? unpackChromium(cacheDir) : { executablePath: own, env: {}, isHeadlessShell: false };
};

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent, or not for us: either way it is none.
    return false;
  }
};

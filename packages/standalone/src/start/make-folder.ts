import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../bad-start.ts';

/** Node's own recursive mkdir never returns where a file system answers ENOENT for good, as /proc does. */
export const makeFolder = async (dir: string, mode: number): Promise<void> => {
  try {
    await mkdir(dir, { mode });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || dirname(dir) === dir) throw error;
    await makeFolder(dirname(dir), mode);
    await mkdir(dir, { mode });
  }
};

import { stat } from 'node:fs/promises';
import { codeOf } from '../bad-start.ts';

/** How much a log holds; nothing while it does not exist. */
export const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
};

import { readFile } from 'node:fs/promises';

/** The text of a file, or nothing where there is none, or the process it tells of has ended. Any other failure is one. */
export const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return undefined;
    throw error;
  }
};

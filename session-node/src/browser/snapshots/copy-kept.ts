import { constants, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inFolder } from '../folders/guarded-folder.ts';
import { walkKept } from './walk-kept.ts';

/** Copies what is worth keeping of a profile into a folder that only the node reaches; false where there is no profile. */
export const copyKept = async (sessionDir: string, into: string): Promise<boolean> => {
  await mkdir(into, { mode: 0o700 });
  const copied = await inFolder(sessionDir, async (session) => {
    for await (const { path, file } of walkKept(session)) {
      if (file === undefined) await mkdir(join(into, path), { mode: 0o700 });
      // By its descriptor: its name may be another file's by now. Where the file system can, the two share their blocks.
      else await copyFile(`/proc/self/fd/${file.handle.fd}`, join(into, path), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    }
    return true;
  });
  return copied ?? false;
};

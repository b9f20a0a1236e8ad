import { constants, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { giveAway, type Owner } from '../folders/give-away.ts';
import { inFolder } from '../folders/guarded-folder.ts';
import { walkKept } from './walk-kept.ts';

/** Copies what is worth keeping of a profile into a new folder, which only the node reaches until it is given away; false where there is no profile. */
export const copyKept = async (sessionDir: string, into: string, owner?: Owner): Promise<boolean> => {
  const made = [into];
  await mkdir(into, { mode: 0o700 });
  const copied = await inFolder(sessionDir, async (session) => {
    for await (const { path, file } of walkKept(session)) {
      const target = join(into, path);
      if (file === undefined) await mkdir(target, { mode: 0o700 });
      // By its descriptor: its name may be another file's by now. Where the file system can, the two share their blocks.
      else await copyFile(`/proc/self/fd/${file.handle.fd}`, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      made.push(target);
    }
    return true;
  });
  await giveAway(made, owner);
  return copied ?? false;
};

import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { claim } from '../../launch/claim.mjs';
import { BadStart, codeOf, refuseForFolder } from '../bad-start.ts';
import { makeFolder } from './make-folder.ts';

/** Makes the folder where it is missing and takes it for this process alone; the result gives it back. */
export const claimDataDir = async (dataDir: string): Promise<() => Promise<void>> => {
  try {
    await makeFolder(dataDir, 0o700);
    const { uid } = await stat(dataDir);
    // The launcher may have made it for its install log, open to all.
    if (uid === process.getuid?.()) await chmod(dataDir, 0o700);
    const held = await claim(join(dataDir, 'running.lock'));
    if (held.heldBy !== undefined) throw new BadStart(`Waxos runs already from ${dataDir} (pid ${held.heldBy}): stop it first, or set DATA_DIR to another folder.`);
    return held.release;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new BadStart(`The folder ${dataDir} cannot be made there: set DATA_DIR to another.`);
    throw refuseForFolder(error, dataDir);
  }
};

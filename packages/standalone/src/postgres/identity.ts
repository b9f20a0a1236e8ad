import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { codeOf } from '../bad-start.ts';

/** Whom PostgreSQL runs as. It refuses root, so root lends it another uid. */
export interface Identity {
  uid: number;
  gid: number;
  /** Whether that is somebody else than this process, so that folders have to be handed over. */
  isLent: boolean;
}

const nobody = 65_534;

interface Candidates {
  processUid: number;
  processGid: number;
  /** Owners of the database folder and of the checkout, in that order; the first that is not root is taken. */
  owners: readonly { uid: number; gid: number }[];
}

export const chooseIdentity = ({ processUid, processGid, owners }: Candidates): Identity => {
  if (processUid !== 0) return { uid: processUid, gid: processGid, isLent: false };
  const owner = owners.find(({ uid }) => uid !== 0);
  return owner === undefined ? { uid: nobody, gid: nobody, isLent: true } : { uid: owner.uid, gid: owner.gid, isLent: true };
};

export const identityFor = async (...folders: string[]): Promise<Identity> => {
  const owners = await Promise.all(folders.map(ownerOf));
  return chooseIdentity({
    processUid: process.getuid?.() ?? -1,
    processGid: process.getgid?.() ?? -1,
    owners: owners.filter((owner) => owner !== undefined),
  });
};

const ownerOf = async (folder: string) => {
  try {
    const { uid, gid } = await stat(folder);
    return { uid, gid };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
};

/** Whether that identity may pass through the folder, and all those above it. */
export const canEnter = (identity: Identity, dir: string): boolean => asks(identity, 'test -x "$1"', dir);

/** Whether that identity may run the program. */
export const canRun = (identity: Identity, program: string): boolean => asks(identity, 'test -r "$1" && test -x "$1"', program);

// The system itself is asked, as that uid: modes, access lists and mounts all have a say in it.
const asks = (identity: Identity, question: string, path: string): boolean => {
  const ids = identity.isLent ? { uid: identity.uid, gid: identity.gid } : {};
  const asked = spawnSync('/bin/sh', ['-c', question, 'sh', path], { ...ids, cwd: '/', stdio: 'ignore' });
  if (asked.error !== undefined) throw asked.error;
  return asked.status === 0;
};

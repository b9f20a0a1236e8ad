import { createHash } from 'node:crypto';
import { access, chmod, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { BadStart, refuseForFolder } from '../bad-start.ts';
import { canEnter, identityFor, type Identity } from './identity.ts';

export interface ClusterLocation {
  dir: string;
  identity: Identity;
  /** Where a copy of PostgreSQL's programs may lie that this identity can read. */
  copiesDir: string;
  /** Set where the folder could not be in DATA_DIR: what to tell. */
  note: string | undefined;
}

interface LocationOptions {
  dataDir: string;
  checkoutDir: string;
  /** Where root keeps what its lent uid must reach. */
  sharedDir?: string;
}

/**
 * The database lies in DATA_DIR, unless root runs us and the uid lent to PostgreSQL cannot get there, as under a home that is
 * closed to others. A database that exists wins, so that a changed mode of some folder never makes data seem lost.
 */
export const locateCluster = async ({ dataDir, checkoutDir, sharedDir = '/var/lib/waxos' }: LocationOptions): Promise<ClusterLocation> => {
  const near = join(dataDir, 'postgres');
  const real = await realpath(dataDir);
  const farParent = join(sharedDir, createHash('sha256').update(real).digest('hex').slice(0, 16));
  const far = join(farParent, 'postgres');
  const identity = await identityFor(near, far, checkoutDir);
  if (!identity.isLent) return { dir: near, identity, copiesDir: join(dataDir, 'cache'), note: undefined };
  try {
    // Others may pass through, and see no name in it.
    await chmod(dataDir, 0o711);
    const isNear = await exists(near);
    if (canEnter(identity, dataDir) && (isNear || !(await exists(far)))) return { dir: near, identity, copiesDir: sharedDir, note: undefined };
    if (isNear) throw new BadStart(`PostgreSQL, which runs as uid ${identity.uid}, can no longer reach its folder ${near}: let others pass through the folders above it, or start as its owner.`);
    await mkdir(farParent, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw refuseForFolder(error, sharedDir);
  }
  return { dir: far, identity, copiesDir: sharedDir, note: `PostgreSQL does not run as root, and uid ${identity.uid} cannot reach ${dataDir}: the database is kept in ${far}.` };
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

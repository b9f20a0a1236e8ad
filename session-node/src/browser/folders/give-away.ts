import { chmod, lchown } from 'node:fs/promises';

export interface Owner {
  uid: number;
  gid: number;
}

/**
 * Makes what the node wrote somebody's own; the outermost folder stands first, and until the end only the node reaches
 * what is in it. The innermost goes first: whoever is let into the outer ones could change what is inside.
 */
export const giveAway = async ([outermost, ...inside]: readonly string[], owner: Owner | undefined): Promise<void> => {
  if (outermost === undefined || owner === undefined) return;
  for (const path of inside.toReversed()) await lchown(path, owner.uid, owner.gid);
  await lchown(outermost, owner.uid, owner.gid);
  await chmod(outermost, 0o700);
};

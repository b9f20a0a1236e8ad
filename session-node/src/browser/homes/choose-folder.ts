import type { SessionFolder } from './session-folders.ts';

interface Known {
  folders: readonly SessionFolder[];
  /** Of holders who are not known to be dead. */
  undead: readonly number[];
  generation: string | undefined;
  /** Of the newest snapshot. */
  shelfEpoch: number | undefined;
}

export interface Choice {
  /** To be used as it is. */
  use: SessionFolder | undefined;
  /** To be copied, where nothing better is to be had: somebody may be writing in it. */
  copy: SessionFolder | undefined;
  /** Worth less than any snapshot, and more than nothing. */
  rather: SessionFolder | undefined;
}

/**
 * A folder whose last holder had the newest lease of all is nearest to the truth, also when its browser was killed: what
 * was committed before is in it, and a snapshot may be an hour old. Keys that a chat has moved past since then are no
 * longer in a snapshot, so it is taken only where the folder is gone, damaged, outdated or another's.
 */
export const chooseFolder = ({ folders, undead, generation, shelfEpoch = 0 }: Known): Choice => {
  const ofThisLink = folders.filter((folder) => isOfLink(folder, generation)).toSorted((a, b) => b.epoch - a.epoch);
  const free = ofThisLink.filter(({ epoch, broken }) => !broken && !undead.includes(epoch));
  const newest = free.find(({ epoch }) => undead.every((other) => other < epoch));
  return {
    use: newest !== undefined && newest.epoch >= shelfEpoch ? newest : undefined,
    copy: ofThisLink.find(({ epoch, broken }) => !broken && undead.includes(epoch)),
    rather: free[0],
  };
};

/** Without a generation, there is only this place; a folder without one is older than they are. */
const isOfLink = (folder: SessionFolder, generation: string | undefined): boolean => generation === undefined || folder.generation === undefined || folder.generation === generation;

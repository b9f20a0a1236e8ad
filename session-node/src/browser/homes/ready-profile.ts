import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Owner } from '../folders/give-away.ts';
import { removeTree } from '../folders/remove-tree.ts';
import { copyKept } from '../snapshots/copy-kept.ts';
import type { Shelf } from '../snapshots/open-shelf.ts';
import { bringHome, findWarmed } from '../warm-browsers.ts';
import { chooseFolder } from './choose-folder.ts';
import type { Home } from './open-home.ts';
import { freeName, listFolders, nameUnfinished, noteFolder, removeFolder, sweepUnfinished } from './session-folders.ts';

/** The folder that a device's next browser gets. For the holder of the claim alone. */
export interface ReadyProfile {
  name: string;
  sessionDir: string;
  origin: 'new' | 'used' | 'restored' | 'copied';
  /** Its last browser closed when it was asked to. */
  closedCleanly: boolean;
  shelf: Shelf;
  /** When the newest snapshot was made; undefined where there is none. */
  keptAt: number | undefined;
  note: (what: { clean: boolean; broken: boolean }) => Promise<void>;
  /** In its place, from the newest good snapshot; undefined where there is none. */
  replace: () => Promise<ReadyProfile | undefined>;
  /** Once a browser has started on it: all others go but those that somebody may be writing in. */
  settle: () => Promise<void>;
}

interface Lease {
  epoch: number;
  undead: readonly number[];
  owner?: Owner | undefined;
}

export const readyProfile = async (home: Home, lease: Lease): Promise<ReadyProfile> => {
  const { deviceDir } = home;
  const { undead } = lease;
  if (undead.length === 0) {
    await bringHome(deviceDir);
    await sweepUnfinished(deviceDir);
  }
  const folders = await listFolders(deviceDir);
  const { generation, shelf } = await home.settle(folders[0]?.generation);
  const newest = (await shelf.list())[0];
  const { use, copy, rather } = chooseFolder({
    folders,
    undead,
    generation,
    // Live folders are the truth; what is sealed beside them is older.
    shelfEpoch: generation === undefined ? undefined : newest?.epoch,
  });
  const work = { home, lease, generation, shelf };
  if (use !== undefined) return { ...(await enter(work, use.name, 'used')), closedCleanly: use.clean };
  const name = freeName(folders);
  if (newest !== undefined && (await restore(work, name))) return enter(work, name, 'restored');
  if (copy !== undefined && (await copyBeside(work, { from: copy.name, name }))) return enter(work, name, 'copied');
  if (rather !== undefined) return enter(work, rather.name, 'used');
  if (undead.length > 0) return enter(work, name, 'new');
  // What is broken, or of a link that is over, would stand in the way of a folder that was warmed elsewhere.
  for (const folder of folders) await removeFolder(deviceDir, folder.name);
  return enter(work, 'session', 'new');
};

interface Work {
  home: Home;
  lease: Lease;
  generation: string | undefined;
  shelf: Shelf;
}

const enter = async (work: Work, name: string, origin: ReadyProfile['origin']): Promise<ReadyProfile> => {
  const { home, lease, generation, shelf } = work;
  const { deviceDir } = home;
  const note: ReadyProfile['note'] = (what) => noteFolder(deviceDir, name, { epoch: lease.epoch, ...what, ...(generation === undefined ? {} : { generation }) });
  await note({ clean: false, broken: false });
  return {
    name,
    sessionDir: join(deviceDir, name),
    origin,
    closedCleanly: false,
    shelf,
    keptAt: (await shelf.list())[0]?.at,
    note,
    replace: async () => {
      const other = freeName(await listFolders(deviceDir));
      return (await restore(work, other)) ? enter(work, other, 'restored') : undefined;
    },
    settle: async () => {
      if (lease.undead.length > 0) return;
      const others = (await listFolders(deviceDir)).filter((folder) => folder.name !== name);
      for (const other of others) await removeFolder(deviceDir, other.name);
    },
  };
};

/**
 * What it brings back is as old as the snapshot. Chats have gone on since: a key that was used up then is there again, and
 * one that came later is not, so some messages of that time may stay unreadable, and be asked of the phone anew. How
 * WhatsApp takes it is not known, so it is done only where the alternative is a link that is lost for good, and never when
 * the phone has said that the link is over.
 */
const restore = async ({ home, lease, shelf, generation }: Work, name: string): Promise<boolean> => {
  const draft = join(home.deviceDir, nameUnfinished('restoring'));
  const restored = await shelf.restore(draft, lease.owner);
  if (restored === undefined) return false;
  return moveIn({ home, lease, shelf, generation }, { draft, name, epoch: restored.epoch });
};

/** Of a folder that somebody may be writing in: whatever is torn in it, the databases in it mend or lose. */
const copyBeside = async (work: Work, { from, name }: { from: string; name: string }): Promise<boolean> => {
  const { deviceDir } = work.home;
  const draft = join(deviceDir, nameUnfinished('restoring'));
  // It may still be where it was warmed, and its holder goes on there.
  const source = (await findWarmed(deviceDir)) ?? join(deviceDir, from);
  if (await copyKept(source, draft, work.lease.owner)) return moveIn(work, { draft, name, epoch: work.lease.epoch });
  await removeTree(draft);
  return false;
};

/** Noted before it is there: with its folder absent the note says nothing. */
const moveIn = async ({ home, generation }: Work, { draft, name, epoch }: { draft: string; name: string; epoch: number }): Promise<true> => {
  await noteFolder(home.deviceDir, name, { epoch, clean: false, broken: false, ...(generation === undefined ? {} : { generation }) });
  await rename(draft, join(home.deviceDir, name));
  return true;
};

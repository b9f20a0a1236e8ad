import { join } from 'node:path';
import { ProfileLost } from './browser-door.ts';
import { findDamage } from './databases/find-damage.ts';
import { handOver } from './folders/give-away.ts';
import { removeTree } from './folders/remove-tree.ts';
import { nameUnfinished } from './homes/session-folders.ts';
import type { ReadyProfile } from './homes/ready-profile.ts';
import { DidNotStart, type LaunchedBrowser } from './launch-browser.ts';
import { makeFolderFor, removeSingletons, repairPreferences, stripProfile, trimCaches } from './profile-folder.ts';

interface Starting {
  deviceDir: string;
  owner?: { uid: number; gid: number } | undefined;
  profileBytesMax: number;
  start: (sessionDir: string) => Promise<LaunchedBrowser>;
  noticed: (text: string) => void;
}

export interface Started {
  launched: LaunchedBrowser;
  profile: ReadyProfile;
}

/**
 * A browser on a profile that was there before. What its last browser left is put right; where no browser starts on it
 * all the same, it is stripped to what pages stored, and then replaced by its newest copy, once.
 *
 *   tidied ──whole──▶ started ──no──▶ does one start on nothing at all? ──yes──▶ stripped ──no──▶ replaced
 *      └──damaged──▶ replaced                           └──no──▶ the machine's fault, and the profile is left alone
 */
export const startOnProfile = async (profile: ReadyProfile, starting: Starting): Promise<Started> => {
  const { noticed, owner } = starting;
  await handOver(profile.sessionDir, owner);
  const damage = profile.origin === 'restored' ? undefined : await findDamage(profile.sessionDir, profile);
  if (damage !== undefined) {
    const other = await profile.replace();
    noticed(other === undefined ? `a profile is damaged, and there is no copy of it: ${damage}` : `a profile was damaged, and its newest copy was brought back: ${damage}`);
    if (other !== undefined) return startOnProfile(other, starting);
  }
  const first = await tryStart(profile, starting);
  if (!(first instanceof DidNotStart)) return first;
  if (!(await startsOnNothing(starting))) throw first;
  await stripProfile(profile.sessionDir);
  const second = await tryStart(profile, starting);
  if (!(second instanceof DidNotStart)) return second;
  const other = profile.origin === 'restored' ? undefined : await profile.replace();
  if (other !== undefined) {
    noticed('no browser started on a profile, and its newest copy was brought back');
    return startOnProfile(other, starting);
  }
  await profile.note({ clean: false, broken: true });
  throw new ProfileLost('No browser starts on the profile, and there is no copy of it.', { cause: second });
};

const tryStart = async (profile: ReadyProfile, { start, profileBytesMax }: Starting): Promise<Started | DidNotStart> => {
  const { sessionDir } = profile;
  // The claim is ours, so nobody else's browser is kept out by them.
  await removeSingletons(sessionDir);
  await repairPreferences(sessionDir);
  await trimCaches(sessionDir, profileBytesMax);
  try {
    return { launched: await start(sessionDir), profile };
  } catch (error) {
    if (error instanceof DidNotStart) return error;
    throw error;
  }
};

const startsOnNothing = async ({ deviceDir, owner, start }: Starting): Promise<boolean> => {
  const sessionDir = join(deviceDir, nameUnfinished('held'));
  await makeFolderFor(sessionDir, owner);
  try {
    await (await start(sessionDir)).kill();
    return true;
  } catch (error) {
    if (error instanceof DidNotStart) return false;
    throw error;
  } finally {
    await removeTree(sessionDir);
  }
};

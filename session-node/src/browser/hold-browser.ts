import { ProfileHeld, type ProfileEnd, type RunningBrowser } from './browser-door.ts';
import type { ProfileClaim } from './claim-profile.ts';
import { findDamage } from './databases/find-damage.ts';
import type { Home } from './homes/open-home.ts';
import type { ReadyProfile } from './homes/ready-profile.ts';
import type { LaunchedBrowser } from './launch-browser.ts';
import { measureDisk } from './profile-folder.ts';
import type { ProcessMark } from './read-processes.ts';
import { keepAtRest, keepHeld, type Kept } from './snapshots/keep-profile.ts';
import { bringHome } from './warm-browsers.ts';

export interface Prepared {
  launched: LaunchedBrowser;
  claim: ProfileClaim;
  /** Takes the profile once more, under the same lease, when it was let go already. */
  reclaim: () => Promise<ProfileClaim>;
  home: Home;
  profile: ReadyProfile;
  epoch: number;
  /** Of the browser. */
  build: Promise<string>;
  /** Where the browser runs; a warmed one is brought home when it is gone. */
  profileDir: string;
}

interface HoldOptions {
  closeTimeoutMs: number;
  /** Whether a profile that was closed cleanly is to be kept, its newest snapshot being so old. */
  isDue: (keptAt: number | undefined) => boolean;
  measure: (root: ProcessMark) => Promise<number>;
  onFailure: (error: unknown) => void;
}

/** A browser with its profile: the profile is let go, or destroyed, when no process is left, and only then it is gone. */
export const holdBrowser = (prepared: Prepared, options: HoldOptions): RunningBrowser => {
  const { launched, profile, profileDir } = prepared;
  const life = beginLife(prepared, options);
  const gone = life.letGo.catch(options.onFailure);
  return {
    handle: launched.browser,
    profileDir,
    pid: launched.mark.pid,
    measureBytes: () => options.measure(launched.mark),
    measureDisk: () => measureDisk(profileDir),
    isRestorable: profile.keptAt !== undefined && profile.origin !== 'restored',
    keptAt: () => life.keptAt,
    keepCopy: () => keepCopy(prepared, life),
    gone,
    close: async ({ profile: end = 'keep' } = {}) => {
      life.end = end;
      life.closing = launched.close(options.closeTimeoutMs);
      const how = await life.closing;
      await life.letGo;
      // It had died before anybody asked for this, and its profile was kept.
      if (life.end === 'destroy' && life.destroyed === undefined) await destroy(prepared, life, await prepared.reclaim());
      if (life.end === 'replace') await profile.note({ clean: false, broken: true });
      return how;
    },
    kill: async () => {
      await launched.kill();
      // Whatever became of its profile, which whoever closed it was told.
      await gone;
    },
  };
};

interface Life {
  end: ProfileEnd;
  closing: Promise<'clean' | 'killed'> | undefined;
  keeping: Promise<void> | undefined;
  keptAt: number | undefined;
  destroyed: Promise<void> | undefined;
  letGo: Promise<void>;
}

const beginLife = (prepared: Prepared, options: HoldOptions): Life => {
  const life: Life = { end: 'keep', closing: undefined, keeping: undefined, keptAt: prepared.profile.keptAt, destroyed: undefined, letGo: Promise.resolve() };
  life.letGo = prepared.launched.gone.then(() => letGo(prepared, life, options));
  return life;
};

const letGo = async (prepared: Prepared, life: Life, { isDue, onFailure }: HoldOptions): Promise<void> => {
  const { home, claim, profile, profileDir } = prepared;
  const how = (await life.closing) ?? 'killed';
  await life.keeping?.catch(() => undefined);
  if (profileDir !== profile.sessionDir) await bringHome(home.deviceDir);
  if (life.end === 'destroy') return destroy(prepared, life, claim);
  await profile.note({ clean: how === 'clean' && life.end === 'keep', broken: life.end === 'replace' });
  // Only where somebody asked: what dies by itself again and again would push out what was kept before. Without it the
  // profile is no worse.
  if (life.closing !== undefined && life.end === 'keep' && isDue(life.keptAt)) await keepEnded(prepared, how).catch(onFailure);
  await claim.release();
};

/** One that had to be killed, or fell over its own feet at the end, leaves what one leaves that is held still. */
const keepEnded = async (prepared: Prepared, how: 'clean' | 'killed'): Promise<void> => {
  const { sessionDir } = prepared.profile;
  if (how === 'killed' && (await findDamage(sessionDir)) !== undefined) return;
  await keepAtRest(await keptOf(prepared, sessionDir), how === 'clean' ? 'closed' : 'held');
};

const destroy = ({ home }: Prepared, life: Life, holder: ProfileClaim): Promise<void> => {
  life.destroyed ??= destroyHeld(home, holder);
  return life.destroyed;
};

const destroyHeld = async (home: Home, holder: ProfileClaim): Promise<void> => {
  try {
    if (!(await holder.isNewest())) throw new ProfileHeld('A newer lease holds this profile, and it is no longer ours to destroy.');
    if ((await home.destroy()) === 'without claims') return holder.forget();
  } catch (error) {
    await holder.release();
    throw error;
  }
  await holder.release();
};

const keepCopy = (prepared: Prepared, life: Life): Promise<void> => {
  // Where there is no /proc, as on a Mac, no tree can be held still: it is kept when it is closed.
  const canHold = prepared.launched.mark.startTicks > 0;
  if (life.closing !== undefined || !canHold) return Promise.resolve();
  life.keeping ??= keepRunning(prepared, life).finally(() => {
    life.keeping = undefined;
  });
  return life.keeping;
};

const keepRunning = async (prepared: Prepared, life: Life): Promise<void> => {
  await keepHeld(prepared.launched.mark, await keptOf(prepared, prepared.profileDir));
  life.keptAt = Date.now();
};

const keptOf = async ({ home, profile, epoch, build }: Prepared, sessionDir: string): Promise<Kept> => ({ shelf: profile.shelf, deviceDir: home.deviceDir, sessionDir, epoch, build: await build });

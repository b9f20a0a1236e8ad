import type { RunningBrowser } from './browser-door.ts';
import type { ProfileClaim } from './claim-profile.ts';
import type { LaunchedBrowser } from './launch-browser.ts';
import { destroyProfile } from './profile-folder.ts';
import type { ProcessMark } from './read-processes.ts';
import { bringHome } from './warm-browsers.ts';

export interface Prepared {
  launched: LaunchedBrowser;
  claim: ProfileClaim;
  /** Takes the profile once more, under the same lease, when it was let go already. */
  reclaim: () => Promise<ProfileClaim>;
  deviceDir: string;
  profileDir: string;
}

interface HoldOptions {
  profilesDir: string;
  closeTimeoutMs: number;
  measure: (root: ProcessMark) => Promise<number>;
  onFailure: (error: unknown) => void;
}

/** A browser with its profile: the profile is let go, or destroyed, when no process is left, and only then it is gone. */
export const holdBrowser = ({ launched, claim, reclaim, deviceDir, profileDir }: Prepared, options: HoldOptions): RunningBrowser => {
  let doomed = false;
  let destroyed: Promise<void> | undefined;
  const destroy = (holder: ProfileClaim): Promise<void> => {
    destroyed ??= destroyProfile(options.profilesDir, deviceDir).then(holder.forget, async (error: unknown) => {
      await holder.release();
      throw error;
    });
    return destroyed;
  };
  const letGo = launched.gone.then(async () => {
    await bringHome(deviceDir);
    await (doomed ? destroy(claim) : claim.release());
  });
  return {
    handle: launched.browser,
    profileDir,
    pid: launched.mark.pid,
    measureBytes: () => options.measure(launched.mark),
    gone: letGo.catch(options.onFailure),
    close: async ({ profile } = {}) => {
      doomed ||= profile === 'destroy';
      const how = await launched.close(options.closeTimeoutMs);
      await letGo;
      // It had died before anybody asked for this, and its profile was kept.
      if (doomed && destroyed === undefined) await destroy(await reclaim());
      return how;
    },
    kill: async () => {
      await launched.kill();
      await letGo;
    },
  };
};

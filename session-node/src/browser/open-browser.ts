import { mkdir } from 'node:fs/promises';
import type { WantedBrowser } from './browser-door.ts';
import { claimProfile, type ProfileClaim } from './claim-profile.ts';
import type { Prepared } from './hold-browser.ts';
import { openHome, type Storage } from './homes/open-home.ts';
import { readyProfile, type ReadyProfile } from './homes/ready-profile.ts';
import type { LaunchedBrowser } from './launch-browser.ts';
import { makeFolderFor } from './profile-folder.ts';
import { startChromium, type ChromiumOptions } from './start-chromium.ts';
import { startOnProfile } from './start-on-profile.ts';
import { giveToDevice, type WarmBrowsers } from './warm-browsers.ts';

export interface OpenOptions extends ChromiumOptions {
  node: string;
  /** Above it a profile's caches are thrown away at the next start. */
  profileBytesMax: number;
  /** What was done to a profile that whoever runs the node should know of. */
  noticed: (device: string, text: string) => void;
}

interface Opening {
  options: OpenOptions;
  storage: Storage;
  warm: WarmBrowsers;
}

/** Claims the profile, makes it ready, and starts a browser on it; what fails lets it go again. */
export const openBrowser = async (wanted: WantedBrowser, opening: Opening): Promise<Prepared> => {
  const { options } = opening;
  const home = openHome(wanted, opening.storage);
  for (const dir of new Set([home.deviceDir, home.claimsIn])) await mkdir(dir, { recursive: true, mode: 0o711 });
  const reclaim = (): Promise<ProfileClaim> => claimProfile({ deviceDir: home.claimsIn, epoch: wanted.epoch, node: options.node, kind: wanted.kind, ownerDead: wanted.ownerDead });
  const claim = await reclaim();
  let launched: LaunchedBrowser | undefined;
  try {
    const found = await readyProfile(home, { epoch: wanted.epoch, undead: claim.undead, owner: options.owner });
    if (claim.undead.length > 0) options.noticed(wanted.device, `a profile is ${found.origin === 'new' ? 'begun anew' : found.origin} beside one whose holder is not known to be dead`);
    const started = await start({ wanted, found, claim }, opening, home.deviceDir);
    launched = started.launched;
    await claim.note(launched.mark);
    await started.profile.settle();
    const build = launched.browser.version().catch(() => 'unknown');
    return { ...started, claim, reclaim, home, epoch: wanted.epoch, build };
  } catch (error) {
    await launched?.kill();
    await claim.release();
    throw error;
  }
};

interface Found {
  wanted: WantedBrowser;
  found: ReadyProfile;
  claim: ProfileClaim;
}

type Started = Pick<Prepared, 'launched' | 'profile' | 'profileDir'>;

const start = async ({ wanted, found, claim }: Found, { options, warm }: Opening, deviceDir: string): Promise<Started> => {
  const startIn = (sessionDir: string): Promise<LaunchedBrowser> => startChromium({ ...wanted, sessionDir }, options);
  if (found.origin === 'new') {
    // Where somebody may still be at it, the note of where a warmed one is may be his.
    const ready = wanted.browser === 'headless_shell' && claim.undead.length === 0 ? warm.take() : undefined;
    if (ready !== undefined) return { launched: ready.launched, profile: found, profileDir: await giveOrKill(ready, deviceDir) };
    await makeFolderFor(found.sessionDir, options.owner);
    return { launched: await startIn(found.sessionDir), profile: found, profileDir: found.sessionDir };
  }
  const noticed = (text: string): void => options.noticed(wanted.device, text);
  const started = await startOnProfile(found, { deviceDir, owner: options.owner, profileBytesMax: options.profileBytesMax, start: startIn, noticed });
  return { ...started, profileDir: started.profile.sessionDir };
};

const giveOrKill = async (ready: Parameters<typeof giveToDevice>[0], deviceDir: string): Promise<string> => {
  try {
    return await giveToDevice(ready, deviceDir);
  } catch (error) {
    await ready.launched.kill();
    throw error;
  }
};

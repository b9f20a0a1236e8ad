import { mkdir } from 'node:fs/promises';
import { ProfileHeld, type BrowserDoor, type RunningBrowser, type WantedBrowser } from './browser-door.ts';
import { claimProfile, type ProfileClaim } from './claim-profile.ts';
import { holdBrowser, type Prepared } from './hold-browser.ts';
import type { LaunchedBrowser } from './launch-browser.ts';
import { openMeasure } from './measure-tree.ts';
import { deviceDirOf, makeSessionDir, removeSingletons, repairPreferences, sessionDirOf, trimCaches } from './profile-folder.ts';
import { sweepScratchFolders } from './scratch-folders.ts';
import { startChromium, type ChromiumOptions } from './start-chromium.ts';
import { bringHome, exists, giveToDevice, openWarmBrowsers, sweepWarmFolders, type WarmBrowsers } from './warm-browsers.ts';

export interface BrowserDoorOptions extends ChromiumOptions {
  node: string;
  profilesDir: string;
  /** Above it a profile's caches are thrown away at the next start. */
  profileBytesMax: number;
  /** How long a browser may take to write down what it holds. */
  closeTimeoutMs: number;
  /** Browsers kept ready for new devices of a kind; 0 for none. */
  warm: Record<WantedBrowser['kind'], number>;
  hasRoom: () => boolean;
  isCalm: () => boolean;
  /** A browser is kept ready now; it took so long. */
  onWarm: (kind: WantedBrowser['kind'], ms: number) => void;
}

/**
 * A device's browser is in one of three sets and in no other state:
 *
 *   starting ──launched──▶ active ──close, kill, or it died──▶ retired ──no process left, profile let go──▶ in none
 *       └── did not start ──▶ in none
 */
export const openBrowserDoor = async (options: BrowserDoorOptions): Promise<BrowserDoor> => {
  await mkdir(options.profilesDir, { recursive: true, mode: 0o711 });
  await Promise.all([sweepWarmFolders(options.profilesDir, options.node), sweepScratchFolders()]);
  const starting = new Map<string, Promise<RunningBrowser>>();
  const active = new Map<string, RunningBrowser>();
  const retired = new Map<string, Promise<void>>();
  const warm = { whatsapp: warmFor('whatsapp', options), sandbox: warmFor('sandbox', options) };
  const measure = openMeasure();
  let closed = false;

  const enter = ({ device }: WantedBrowser, prepared: Prepared): RunningBrowser => {
    const held = holdBrowser(prepared, { ...options, measure });
    const retire = <T>(ending: Promise<T>): Promise<T> => {
      active.delete(device);
      retired.set(device, held.gone);
      void held.gone.then(() => retired.delete(device));
      return ending;
    };
    const running = { ...held, close: (how?: Parameters<RunningBrowser['close']>[0]) => retire(held.close(how)), kill: () => retire(held.kill()) };
    active.set(device, running);
    void prepared.launched.gone.then(() => (active.get(device) === running ? retire(held.gone) : undefined));
    return running;
  };

  const open = async (wanted: WantedBrowser): Promise<RunningBrowser> => {
    await retired.get(wanted.device);
    if (closed) throw new Error('No browser is opened any more.');
    if (starting.has(wanted.device) || active.has(wanted.device)) throw new ProfileHeld('This node has the profile open already.');
    const work = prepare(wanted, { options, warm: warm[wanted.kind] }).then((prepared) => enter(wanted, prepared));
    starting.set(wanted.device, work);
    return work.finally(() => starting.delete(wanted.device));
  };

  const close = async (): Promise<void> => {
    closed = true;
    await Promise.allSettled(starting.values());
    await Promise.all([warm.whatsapp.close(), warm.sandbox.close(), ...[...active.values()].map((running) => running.close()), ...retired.values()]);
  };
  return { open, close };
};

const warmFor = (kind: WantedBrowser['kind'], options: BrowserDoorOptions): WarmBrowsers =>
  openWarmBrowsers({
    profilesDir: options.profilesDir,
    node: options.node,
    count: options.warm[kind],
    hasRoom: options.hasRoom,
    isCalm: options.isCalm,
    ...(options.owner === undefined ? {} : { owner: options.owner }),
    start: (sessionDir) => startChromium({ kind, browser: 'headless_shell', sessionDir }, options),
    onWarm: (ms) => options.onWarm(kind, ms),
    onFailure: options.onFailure,
  });

const prepare = async (wanted: WantedBrowser, { options, warm }: { options: BrowserDoorOptions; warm: WarmBrowsers }): Promise<Prepared> => {
  const deviceDir = deviceDirOf(options.profilesDir, wanted.device);
  await mkdir(deviceDir, { recursive: true, mode: 0o711 });
  const reclaim = (): Promise<ProfileClaim> => claimProfile({ deviceDir, epoch: wanted.epoch, node: options.node, kind: wanted.kind, ownerDead: wanted.ownerDead });
  const claim = await reclaim();
  let launched: LaunchedBrowser | undefined;
  try {
    await bringHome(deviceDir);
    const isNew = !(await exists(sessionDirOf(deviceDir)));
    const ready = isNew && wanted.browser === 'headless_shell' ? warm.take() : undefined;
    launched = ready?.launched;
    const profileDir = ready === undefined ? await makeSessionDir(deviceDir, options.owner) : await giveToDevice(ready, deviceDir);
    if (ready === undefined) await tidy(profileDir, options);
    launched ??= await startChromium({ ...wanted, sessionDir: profileDir }, options);
    await claim.note(launched.mark);
    return { launched, claim, profileDir, deviceDir, reclaim };
  } catch (error) {
    await launched?.kill();
    await claim.release();
    throw error;
  }
};

/** What a browser that did not end well has left, put right before the next one reads it; the claim is ours by now. */
const tidy = async (sessionDir: string, { profileBytesMax }: BrowserDoorOptions): Promise<void> => {
  await removeSingletons(sessionDir);
  await repairPreferences(sessionDir);
  await trimCaches(sessionDir, profileBytesMax);
};

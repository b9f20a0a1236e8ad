import { mkdir } from 'node:fs/promises';
import type { DrivenBrowser } from '../whatsapp/driver.ts';
import { ProfileHeld, type BrowserDoor, type RunningBrowser, type WantedBrowser } from './browser-door.ts';
import { holdBrowser, type Prepared } from './hold-browser.ts';
import { settleKey, sweepOutdated, type Storage } from './homes/open-home.ts';
import { openMeasure } from './measure-tree.ts';
import { openBrowser, type OpenOptions } from './open-browser.ts';
import { sweepDestroyed } from './profile-folder.ts';
import { sweepScratchFolders } from './scratch-folders.ts';
import type { ShelfLimits } from './snapshots/open-shelf.ts';
import { startChromium } from './start-chromium.ts';
import { openWarmBrowsers, sweepWarmFolders, type WarmBrowsers } from './warm-browsers.ts';

export interface BrowserDoorOptions extends OpenOptions {
  /** Of the browsers' folders: shared by all nodes, or the node's own where there is a place for sealed snapshots. */
  profilesDir: string;
  sealed?: { dir: string; key: Buffer } | undefined;
  /** How many snapshots of a profile are kept, and for how long. */
  snapshots: ShelfLimits;
  /** How long a browser may take to write down what it holds. */
  closeTimeoutMs: number;
  /** Browsers kept ready for new devices of a kind; 0 for none. */
  warm: Record<WantedBrowser['kind'], number>;
  hasRoom: (count: number) => boolean;
  isCalm: () => boolean;
  /** Done in a browser that is kept ready, so that less is left to do for whoever gets it. */
  prepare?: (browser: DrivenBrowser) => Promise<void>;
  /** A browser is kept ready now; it took so long. */
  onWarm: (kind: WantedBrowser['kind'], ms: number) => void;
}

export interface KeptBrowserDoor extends BrowserDoor {
  /** Proportional set size of the browsers that are kept ready. */
  measureWarm: () => Promise<number>;
}

/**
 * A device's browser is in one of three sets and in no other state:
 *
 *   starting ──launched──▶ active ──close, kill, or it died──▶ retired ──no process left, profile let go──▶ in none
 *       └── did not start ──▶ in none
 */
export const openBrowserDoor = async (options: BrowserDoorOptions): Promise<KeptBrowserDoor> => {
  const storage = await openStorage(options);
  const starting = new Map<string, Promise<RunningBrowser>>();
  const active = new Map<string, RunningBrowser>();
  const retired = new Map<string, Promise<void>>();
  const warm = { whatsapp: warmFor('whatsapp', options), sandbox: warmFor('sandbox', options) };
  const measure = openMeasure();
  // A folder of the node's own may be gone with it, and the next node has what is sealed.
  const isDue = (keptAt = 0): boolean => options.sealed !== undefined || Date.now() - keptAt >= options.snapshots.everyMs;
  let closed = false;

  const enter = ({ device }: WantedBrowser, prepared: Prepared): RunningBrowser => {
    const held = holdBrowser(prepared, { ...options, measure, isDue });
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
    warm[wanted.kind].meet();
    await retired.get(wanted.device);
    if (closed) throw new Error('No browser is opened any more.');
    if (starting.has(wanted.device) || active.has(wanted.device)) throw new ProfileHeld('This node has the profile open already.');
    const work = openBrowser(wanted, { options, storage, warm: warm[wanted.kind] }).then((prepared) => enter(wanted, prepared));
    starting.set(wanted.device, work);
    return work.finally(() => starting.delete(wanted.device));
  };

  const close = async (): Promise<void> => {
    closed = true;
    await Promise.allSettled(starting.values());
    await Promise.all([warm.whatsapp.close(), warm.sandbox.close(), ...[...active.values()].map((running) => running.close()), ...retired.values()]);
  };
  const measureWarm = async (): Promise<number> => {
    const sizes = await Promise.all([...warm.whatsapp.marks(), ...warm.sandbox.marks()].map(measure));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  return { open, close, measureWarm };
};

const warmFor = (kind: WantedBrowser['kind'], options: BrowserDoorOptions): WarmBrowsers => {
  const warm = openWarmBrowsers({
    profilesDir: options.profilesDir,
    node: options.node,
    count: options.warm[kind],
    hasRoom: options.hasRoom,
    isCalm: options.isCalm,
    ...(options.owner === undefined ? {} : { owner: options.owner }),
    start: (sessionDir) => startChromium({ kind, browser: 'headless_shell', sessionDir }, options),
    prepare: async (browser) => options.prepare?.(browser),
    onWarm: (ms) => options.onWarm(kind, ms),
    onFailure: options.onFailure,
  });
  // The sandbox is our own.
  if (kind === 'sandbox') warm.meet();
  return warm;
};

/** The folders, and in order what former runs of this node have left in them. */
const openStorage = async ({ profilesDir, sealed, snapshots, node, noticed }: BrowserDoorOptions): Promise<Storage> => {
  await mkdir(profilesDir, { recursive: true, mode: 0o711 });
  if (sealed !== undefined) await mkdir(sealed.dir, { recursive: true, mode: 0o700 });
  await Promise.all([sweepWarmFolders(profilesDir, node), sweepScratchFolders(), sweepDestroyed(profilesDir), sweepOutdated({ profilesDir, sealedDir: sealed?.dir })]);
  return {
    profilesDir,
    sealedDir: sealed?.dir,
    key: sealed?.key ?? (await settleKey(profilesDir)),
    limits: snapshots,
    passedOver: (device, { name }, why) => noticed(device, `a snapshot of a profile was passed over: ${why} (${name})`),
  };
};

import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from './folders/remove-tree.ts';
import type { DrivenBrowser } from '../whatsapp/driver.ts';
import type { LaunchedBrowser } from './launch-browser.ts';
import { makeSessionDir, sessionDirOf } from './profile-folder.ts';
import type { ProcessMark } from './read-processes.ts';
import { readIfThere } from './read-if-there.ts';

export interface WarmBrowser {
  launched: LaunchedBrowser;
  /** The folder that holds its `session`, which the device takes over with the browser. */
  warmDir: string;
  since: number;
}

export interface WarmBrowsers {
  /** A device of their kind is here: what is kept ready may be prepared from now on. */
  meet: () => void;
  take: () => WarmBrowser | undefined;
  /** Of the browsers that are kept. */
  marks: () => ProcessMark[];
  close: () => Promise<void>;
}

interface WarmOptions {
  profilesDir: string;
  node: string;
  count: number;
  /** Whether memory allows for so many more sessions: for one, to keep what nobody uses yet; for two, to start it. */
  hasRoom: (count: number) => boolean;
  /** Whether nobody who is wanted starts just now. */
  isCalm: () => boolean;
  owner?: { uid: number; gid: number };
  start: (sessionDir: string) => Promise<LaunchedBrowser>;
  /**
   * Goes as far as can be gone without knowing for whom; where it fails the browser is kept as it is. Not before a
   * device of the kind is met: nobody's page is called that nobody here uses.
   */
  prepare: (browser: DrivenBrowser) => Promise<void>;
  /** One more is ready; it took so long to start. */
  onWarm: (ms: number) => void;
  /** A browser that is let go unused. */
  onFailure: (error: unknown) => void;
  lookMs?: number;
  now?: () => number;
}

/** What was taken has a page to load first. */
const restMs = 2_000;
/** What it has loaded grows old like any page that is left open. */
const ageMsMax = 6 * 3_600_000;

const warmRoot = (profilesDir: string): string => join(profilesDir, '.warm');

/**
 * Browsers on fresh profiles, started before anybody asks, so that a new device waits for none. One at a time is started,
 * some time after the last was taken: at that moment the processor is the new device's.
 */
export const openWarmBrowsers = (options: WarmOptions): WarmBrowsers => {
  const { lookMs = 250, now = () => performance.now() } = options;
  const warm: WarmBrowser[] = [];
  let closed = false;
  let isMet = false;
  let busy: Promise<void> | undefined;
  let restsUntil = 0;
  let preparing: LaunchedBrowser | undefined;
  const prepare = async (launched: LaunchedBrowser, profileDir: string): Promise<void> => {
    if (!isMet) return;
    preparing = launched;
    await options.prepare({ handle: launched.browser, profileDir }).catch((error: unknown) => (closed ? undefined : options.onFailure(error)));
    preparing = undefined;
  };
  const look = async (): Promise<void> => {
    const hasRoom = options.hasRoom(1);
    const old = warm.filter(({ since }) => !hasRoom || now() - since > ageMsMax);
    for (const one of old) warm.splice(warm.indexOf(one), 1);
    await Promise.all(old.map(discard));
    if (!options.hasRoom(2)) return;
    if (warm.length < options.count && now() >= restsUntil && options.isCalm()) {
      const from = now();
      const added = { ...(await warmOne(options, prepare)), since: now() };
      warm.push(added);
      options.onWarm(Math.round(added.since - from));
      void added.launched.gone.then(() => {
        const at = warm.indexOf(added);
        if (at !== -1) warm.splice(at, 1);
      });
    }
  };
  const tick = (): void => {
    if (closed || busy !== undefined) return;
    busy = look()
      .catch(options.onFailure)
      .finally(() => {
        busy = undefined;
      });
  };
  const timer = options.count > 0 ? setInterval(tick, lookMs) : undefined;
  return {
    meet: () => {
      isMet = true;
    },
    take: () => {
      restsUntil = now() + restMs;
      return warm.shift();
    },
    marks: () => warm.map(({ launched }) => launched.mark),
    close: async () => {
      closed = true;
      clearInterval(timer);
      // A page may take its time to load.
      await preparing?.kill();
      await busy;
      await Promise.all(warm.splice(0).map(discard));
    },
  };
};

const warmOne = async ({ profilesDir, node, owner, start }: WarmOptions, prepare: (launched: LaunchedBrowser, profileDir: string) => Promise<void>): Promise<Omit<WarmBrowser, 'since'>> => {
  const warmDir = join(warmRoot(profilesDir), `${node}.${randomUUID()}`);
  const sessionDir = await makeSessionDir(warmDir, owner);
  try {
    const launched = await start(sessionDir);
    await prepare(launched, sessionDir);
    return { launched, warmDir };
  } catch (error) {
    await removeTree(warmDir);
    throw error;
  }
};

const discard = async ({ launched, warmDir }: WarmBrowser): Promise<void> => {
  await launched.kill();
  await removeTree(warmDir);
};

/** Folders of warm browsers that an earlier run of this node left and no device has. */
export const sweepWarmFolders = async (profilesDir: string, node: string): Promise<void> => {
  const names = (await readdir(warmRoot(profilesDir)).catch(() => [])).filter((name) => name.startsWith(`${node}.`));
  await Promise.all(
    names.map(async (name) => {
      const dir = join(warmRoot(profilesDir), name);
      const deviceDir = await readIfThere(join(dir, 'taken'));
      if (deviceDir === undefined || (await readIfThere(join(deviceDir, 'warmed'))) !== dir) await removeTree(dir);
    }),
  );
};

/** Said in the device's folder where its profile is for now: a browser's folder cannot be moved while it runs. */
export const giveToDevice = async ({ warmDir }: WarmBrowser, deviceDir: string): Promise<string> => {
  await writeFile(join(warmDir, 'taken'), deviceDir);
  const draft = join(deviceDir, 'warmed.draft');
  await writeFile(draft, warmDir);
  await rename(draft, join(deviceDir, 'warmed'));
  return sessionDirOf(warmDir);
};

/** Brings a profile home that began as a warm browser's, which has ended. Stopped anywhere, it goes on at the next call. */
export const bringHome = async (deviceDir: string): Promise<void> => {
  const note = join(deviceDir, 'warmed');
  const warmDir = await readIfThere(note);
  if (warmDir === undefined) return;
  if (await exists(sessionDirOf(warmDir))) await rename(sessionDirOf(warmDir), sessionDirOf(deviceDir));
  await rm(note, { force: true });
  await removeTree(warmDir);
};

/** Where the profile of a device is that still is where it was warmed. */
export const findWarmed = async (deviceDir: string): Promise<string | undefined> => {
  const warmDir = await readIfThere(join(deviceDir, 'warmed'));
  return warmDir === undefined ? undefined : sessionDirOf(warmDir);
};

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

import type { BrowserDoor, ProfileEnd, RunningBrowser, WantedBrowser } from '../browser/browser-door.ts';
import { nameOf } from './driver-errors.ts';
import type { Input } from './situation.ts';

/** The one browser of a session: at most one is there, and `browser_gone` is said once for each. */
export interface BrowserInUse {
  open: (wanted: WantedBrowser) => void;
  close: (profile: ProfileEnd) => void;
  kill: () => void;
  running: () => RunningBrowser | undefined;
}

interface UseBrowserOptions {
  door: Pick<BrowserDoor, 'open'>;
  post: (input: Input) => void;
  /** Before its end is told: how it ended. */
  ended: (how: 'clean' | 'killed', destroyed: boolean) => Promise<void>;
  failed: (what: string, error: unknown) => void;
}

interface Use {
  opening: Promise<RunningBrowser | undefined>;
  browser: RunningBrowser | undefined;
  closing: boolean;
  /** There is no time to close it. */
  doomed: boolean;
  over: boolean;
  profile: ProfileEnd;
}

const refusals: Record<string, 'profile_locked' | 'profile_lost' | 'memory'> = { ProfileHeld: 'profile_locked', ProfileLost: 'profile_lost', NoRoom: 'memory' };

export const useBrowser = ({ door, post, ended, failed }: UseBrowserOptions): BrowserInUse => {
  let use: Use | undefined;

  const end = async (mine: Use, how: 'clean' | 'killed'): Promise<void> => {
    if (mine.over) return;
    mine.over = true;
    await ended(how, mine.profile === 'destroy').catch((error: unknown) => failed('note the end of a browser', error));
    if (use === mine) use = undefined;
    post({ is: 'browser_gone' });
  };
  const whenOpen = async (mine: Use, opened: Promise<RunningBrowser>): Promise<RunningBrowser | undefined> => {
    try {
      const browser = await opened;
      mine.browser = browser;
      void browser.gone.then(() => (mine.closing ? undefined : end(mine, 'killed')));
      post({ is: 'browser_opened', restorable: browser.isRestorable });
      return browser;
    } catch (error) {
      failed('open a browser', error);
      mine.over = true;
      if (use === mine) use = undefined;
      post({ is: 'browser_refused', why: refusals[nameOf(error)] ?? 'browser_failed' });
      return undefined;
    }
  };
  return {
    open: (wanted) => {
      const mine: Use = { opening: Promise.resolve(undefined), browser: undefined, closing: false, doomed: false, over: false, profile: 'keep' };
      use = mine;
      mine.opening = whenOpen(mine, Promise.resolve().then(() => door.open(wanted)));
    },
    close: (profile) => {
      if (use === undefined) return;
      Object.assign(use, { closing: true, profile });
      void closeIt(use, end, failed);
    },
    kill: () => {
      if (use === undefined) return;
      use.doomed = true;
      void killIt(use, end, failed);
    },
    running: () => use?.browser,
  };
};

type End = (mine: Use, how: 'clean' | 'killed') => Promise<void>;
type Failed = UseBrowserOptions['failed'];

const closeIt = async (mine: Use, end: End, failed: Failed): Promise<void> => {
  const browser = await mine.opening;
  if (browser === undefined) return;
  if (mine.doomed) return killIt(mine, end, failed);
  try {
    const how = await browser.close({ profile: mine.profile });
    await browser.gone;
    await end(mine, how);
  } catch (error) {
    failed('close a browser', error);
    await killIt(mine, end, failed);
  }
};

const killIt = async (mine: Use, end: End, failed: Failed): Promise<void> => {
  const { browser } = mine;
  if (browser === undefined) return;
  try {
    await browser.kill();
    await browser.gone;
    await end(mine, 'killed');
  } catch (error) {
    // Asked again at the next deadline: it is not said to be gone before it is.
    failed('kill a browser', error);
  }
};

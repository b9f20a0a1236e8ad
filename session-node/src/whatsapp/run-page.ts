import type { Person } from '@waxos/contract/node-link/identities';
import { DriverDead, type DriverEvent } from './driver.ts';
import type { LinkJudge } from './judge-link.ts';
import type { PageDoor } from './page-door.ts';
import type { Page } from './page-scripts/page.ts';
import { installAddons } from './page-scripts/install-addons.ts';
import { installAttendance } from './page-scripts/install-attendance.ts';
import { installChanges } from './page-scripts/install-changes.ts';
import { installGroups } from './page-scripts/install-groups.ts';
import { installKeys } from './page-scripts/install-keys.ts';
import { installPeople } from './page-scripts/install-people.ts';
import { installReader } from './page-scripts/install-reader.ts';
import { installTelling } from './page-scripts/install-telling.ts';
import { installWords } from './page-scripts/install-words.ts';
import { limitPreviews } from './page-scripts/limit-previews.ts';
import { watchChats } from './page-scripts/watch-chats.ts';
import { watchLink } from './page-scripts/watch-link.ts';
import { watchMessages } from './page-scripts/watch-messages.ts';
import { watchPeople } from './page-scripts/watch-people.ts';
import { probeContract } from './probe-contract.ts';
import { withoutNumbers } from './without-numbers.ts';

interface Running {
  door: PageDoor;
  judge: LinkJudge;
  tell: (event: DriverEvent) => void;
  /** The library's own injection: it asks for a QR where one is needed, and readies itself after the sync. */
  inject: () => Promise<void>;
}

export interface PageRun {
  /** Prepares the document that is there now; the injection goes on by itself. */
  begin: () => Promise<void>;
  /** The library says that it is ready, perhaps again. */
  readied: () => Promise<void>;
  build: () => string;
}

/** As long as a timer can wait: whoever runs the session has a deadline for each of its states. */
const longestMs = 2 ** 31 - 1;

/** One document after another: each is probed, watched and injected into once. */
export const runPage = ({ door, judge, tell, inject }: Running): PageRun => {
  let build = '';
  const watchAll = async (): Promise<void> => {
    await door.run(watchMessages, undefined);
    await door.run(watchChats, undefined);
  };
  const isWhole = async (by: 'link' | 'ready'): Promise<boolean> => {
    const found = await probeContract(door, by);
    build = found.build;
    if (found.missing.length > 0) tell({ type: 'broken', ...found });
    return found.missing.length === 0;
  };
  const injected = async (): Promise<void> => {
    // Without a network it waits as long as that takes, and puppeteer gives an answer up before.
    for (let waiting = true; waiting; ) {
      waiting = await door.within(inject, longestMs).then(
        () => false,
        (error: unknown) => /timed out/i.test(String(error)) || Promise.reject(error as Error),
      );
    }
    // It hears only the next end of a sync; this one may be over (fault 1).
    await door.run(helpOverSync, undefined);
  };
  // Two at once collide, and one that began in a document before may still run in this one.
  let injecting: Promise<unknown> = Promise.resolve();
  const injectAfter = (): Promise<void> => {
    const mine = injecting.then(injected);
    injecting = mine.catch(() => undefined);
    return mine;
  };
  return {
    build: () => build,
    begin: async () => {
      if (!(await isLoaded(door))) return tell({ type: 'broken', build, missing: ['Debug.VERSION'] });
      if (!(await isWhole('link'))) return;
      for (const install of [installTelling, installPeople, installKeys, installWords, installReader, installAddons, installAttendance, installGroups, installChanges, watchLink]) await door.run(install, undefined);
      // Where the page has not loaded them yet, the probe at ready decides.
      await watchAll().catch(() => undefined);
      injectAfter().catch((error: unknown) => {
        if (!(error instanceof DriverDead)) tell({ type: 'broken', build, missing: [`injection: ${withoutNumbers(String(error))}`] });
      });
    },
    readied: async () => {
      if (!(await isWhole('ready'))) return;
      await watchAll();
      const { missing } = await probeContract(door, 'acts');
      if (missing.length > 0) tell({ type: 'unreadable', build, what: `the build lacks ${missing.join(', ')}` });
      // Names are worth no session: a build that keeps them elsewhere tells none.
      await door.run(watchPeople, undefined).catch((error: unknown) => tell({ type: 'unreadable', build, what: `people: ${withoutNumbers(String(error))}` }));
      // A build without previews sends without them.
      await door.run(limitPreviews, undefined).catch(() => undefined);
      const { me, pushName, platform } = await door.run(readMe, undefined);
      if (me === undefined || me === null) return tell({ type: 'broken', build, missing: ['an address of its own'] });
      judge.ready({ type: 'ready', me, pushName, platform, build });
    },
  };
};

const isLoaded = (door: PageDoor): Promise<boolean> =>
  door.run(
    async (ms: number) => {
      const page = globalThis as unknown as Page;
      for (const until = Date.now() + ms; Date.now() < until; ) {
        if (page.Debug?.VERSION !== undefined && typeof page.require === 'function') return true;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return false;
    },
    door.deadlines.loadMs,
    door.deadlines.loadMs + door.deadlines.callMs,
  );

const helpOverSync = async (): Promise<void> => {
  const page = globalThis as unknown as Page;
  if (page.require('WAWebSocketModel').Socket.hasSynced && page.WWebJS === undefined) await page.onAppStateHasSyncedEvent();
};

const readMe = (): { me: Person | undefined; pushName: string; platform: string } => {
  const page = globalThis as unknown as Page;
  const { pushname, platform } = page.require('WAWebConnModel').Conn;
  return { me: page.waxos.me(), pushName: pushname ?? '', platform: platform ?? '' };
};

import { join } from 'node:path';
import type { SessionReason } from '@waxos/contract/node-link/events';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { DeviceState } from '@waxos/contract/devices';
import type { RunningBrowser } from '../browser/browser-door.ts';
import { openCursorBook } from './catch-up/open-cursor-book.ts';
import { openCommandBook } from './commands/open-command-book.ts';
import { nameOf, placeOf } from './driver-errors.ts';
import { nowMs, type Life, type SessionOptions } from './life.ts';
import { obey } from './obey.ts';
import { openReadings } from './open-readings.ts';
import { openLanes } from './open-lanes.ts';
import { openOutbox, type Outbox } from './outbox/open-outbox.ts';
import { runSession } from './run-session.ts';
import { firstSituation, type Input } from './situation.ts';
import { takeUpCommands } from './take-up-commands.ts';
import { useBrowser } from './use-browser.ts';

/** One device on this node. It runs nothing until it is told to start. */
export interface Session {
  /** Resolves when the command is kept. */
  obey: (frame: CommandFrame) => Promise<void>;
  state: () => DeviceState;
  measureBytes: () => Promise<number>;
  /** What it told, and the gateway does not have yet. */
  waiting: () => { events: number; bytes: number; oldestAt: number | undefined };
  /** Of the browser that runs, where one does. */
  profile: () => Pick<RunningBrowser, 'keptAt' | 'keepCopy' | 'measureDisk'> | undefined;
  /** Nothing is sent, read back or heard just now. */
  isQuiet: () => boolean;
  standing: () => Standing;
  nudge: (input: Extract<Input, { is: 'sleep' | 'wake' | 'restart' }>) => void;
  /** Resolves when it is stopped and no process of it is left. */
  stop: (reason: SessionReason) => Promise<void>;
  /** There is no time left: no process of it runs on, whatever it was at. */
  kill: (reason: SessionReason) => void;
}

/** What a node decides by whom it starts first, lets sleep and wakes. */
export interface Standing {
  /** It never was linked: somebody looks at its QR. */
  linking: boolean;
  failures: number;
  /** When its newest message came or went, in milliseconds. */
  activeAt: number;
  /** Something is to be sent. */
  pressing: boolean;
  asleep: boolean;
  economy: boolean;
}

export interface OpenedSession {
  session: Session;
  /** Closing it closes all that the session keeps; it must be stopped. */
  outbox: Outbox;
}

const quietMs = 20_000;

const tellFailure =
  ({ log, device }: SessionOptions) =>
  (what: string, error: unknown): undefined => {
    log.warn({ device, what, kind: nameOf(error), at: placeOf(error) }, 'a session failed at something');
  };

export const openSession = async (options: SessionOptions): Promise<OpenedSession> => {
  const { device, epoch, folder, time } = options;
  const failed = tellFailure(options);
  const outbox = await openOutbox({ path: join(folder, 'outbox'), device, epoch, time, bytesMax: options.outboxBytesMax, share: options.outboxShare, troubled: (error) => failed('write the outbox', error) });
  const book = await openCommandBook({ path: join(folder, 'commands'), time });
  const cursors = await openCursorBook({ path: join(folder, 'cursors'), time });
  const life: Life = {
    options,
    settings: options.settings,
    ownerDead: false,
    // Linked in a former life: then too a QR means that the link is gone.
    situation: { ...firstSituation, linked: cursors.linkedAt() !== undefined },
    outbox,
    book,
    cursors,
    ...openLanes({ options, book, cursors, outbox, failed, life: () => life }),
    browser: useBrowser({
      door: options.door,
      post: (input) => life.post(input),
      ended: async (how, destroyed) => {
        life.driver = undefined;
        life.readings = openReadings();
        life.pageOver.abort();
        if (destroyed) cursors.clear();
        await book.browserEnded(how);
      },
      failed,
    }),
    readings: openReadings(),
    driver: undefined,
    build: undefined,
    pageOver: new AbortController(),
    leaving: undefined,
    watchdog: undefined,
    catching: undefined,
    overtaking: undefined,
    caughtUp: false,
    lastNewsAt: 0,
    post: () => undefined,
    failed,
  };
  const runner = runSession(life);
  life.post = runner.post;
  outbox.watch({ full: () => runner.post({ is: 'outbox_full' }), drained: () => runner.post({ is: 'outbox_drained' }) });
  if (outbox.isFull()) runner.post({ is: 'outbox_full' });
  await takeUpCommands(life);
  return { session: asSession(life, runner), outbox: { ...outbox, close: () => closeAll(life, runner, outbox) } };
};

const asSession = (life: Life, runner: ReturnType<typeof runSession>): Session => ({
  obey: (frame) => obey(life, frame),
  state: () => life.situation.state,
  waiting: () => life.outbox.standing(),
  measureBytes: async () => (await life.browser.running()?.measureBytes().catch((error: unknown) => life.failed('measure', error))) ?? 0,
  profile: () => (life.situation.browser === 'open' ? life.browser.running() : undefined),
  isQuiet: () => life.catching === undefined && nowMs(life) - life.lastNewsAt > quietMs && life.book.open().length === 0 && life.book.sentSince(nowMs(life) - quietMs).length === 0,
  standing: () => ({
    linking: life.cursors.linkedAt() === undefined,
    failures: life.situation.failures,
    activeAt: life.cursors.newestAt() * 1_000,
    pressing: life.book.open().length > 0,
    asleep: life.situation.asleep,
    economy: life.settings.economy,
  }),
  nudge: runner.post,
  stop: async (reason) => {
    runner.post({ is: 'stop', reason });
    await runner.stopped();
  },
  kill: (reason) => {
    runner.post({ is: 'stop', reason });
    life.browser.kill();
  },
});

const closeAll = async (life: Life, runner: ReturnType<typeof runSession>, outbox: Outbox): Promise<void> => {
  runner.end();
  life.pageOver.abort();
  await Promise.all([life.lane.close(), life.fetches.close()]);
  await life.book.close();
  await outbox.close();
  // Last: what it notes is called for by what the outbox keeps.
  await life.cursors.close();
};

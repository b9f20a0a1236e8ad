import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import { openLog } from '@waxos/process/log';
import { waitFor } from '@waxos/process/poll';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import type { TestChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { World } from '@waxos/sandbox/conformance/testing/world';
import type { BrowserDoor, RunningBrowser } from '../browser/browser-door.ts';
import { openBrowserDoor } from '../browser/open-browser-door.ts';
import { openSession, type OpenedSession } from '../session/open-session.ts';
import type { SessionOptions } from '../session/life.ts';
import { openWwebjs } from '../whatsapp/open-wwebjs.ts';
import { hasteTime } from './haste-time.ts';

/** A session with the real driver, a real browser and a real page; its own alarms ring sooner than they say. */
export interface LiveSession extends OpenedSession {
  command: (command: SessionCommand) => Promise<string>;
  /** Linked by its phone, and ready. */
  link: () => Promise<void>;
  told: () => Promise<SessionEvent[]>;
  /** Each state that it was in, with its reason. */
  states: () => Promise<string[]>;
  /** Texts that came from others, as often as they were told. */
  heard: () => Promise<string[]>;
  until: (look: () => boolean | Promise<boolean>, what: string) => Promise<void>;
  browser: () => RunningBrowser;
  /** How often a browser was opened. */
  opened: () => number;
  close: () => Promise<void>;
}

interface LiveOptions {
  world: World;
  phone: Phone;
  chromium: TestChromium;
  /** How many times sooner. */
  haste: number;
  changed?: Partial<SessionOptions>;
}

const device = '00000000-0000-4000-8000-000000000009';
const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;
const ofSandbox = /^--(host-resolver-rules|ignore-certificate-errors-spki-list|no-proxy-server)\b/;

export const openLiveSession = async ({ world, phone, chromium, haste, changed = {} }: LiveOptions): Promise<LiveSession> => {
  const folder = await mkdtemp(join(tmpdir(), 'waxos-live-'));
  const door = await openDoor(folder, world, chromium);
  const browsers: RunningBrowser[] = [];
  const opened = await openSession({
    device,
    epoch: 1,
    deviceName: 'Waxos',
    settings,
    folder: join(folder, 'session'),
    outboxBytesMax: 10_000_000,
    door: {
      open: async (wanted) => {
        const browser = await door.open(wanted);
        browsers.push(browser);
        return browser;
      },
    },
    openDriver: (browser, options) => openWwebjs(browser, { ...options, deadlines: { callMs: 5_000, modulesMs: 2_000, tickMs: 20_000 } }),
    time: hasteTime(haste),
    random: () => 0,
    leaseUntil: () => Number.MAX_SAFE_INTEGER,
    download: async () => new Uint8Array(),
    upload: async () => 'stored',
    glimpse: () => undefined,
    log: openLog({ name: 'live', level: 'silent' }),
    ...changed,
  });
  return {
    ...viewOf(opened, phone),
    browser: () => {
      const last = browsers.at(-1);
      if (last === undefined) throw new Error('no browser was opened');
      return last;
    },
    opened: () => browsers.length,
    close: async () => {
      await opened.session.stop('asked');
      await opened.outbox.close();
      await door.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

const viewOf = (opened: OpenedSession, phone: Phone): Omit<LiveSession, 'browser' | 'opened' | 'close'> => {
  const { session, outbox } = opened;
  let commands = 0;
  const told = async (): Promise<SessionEvent[]> => (await outbox.read(0, 1_000_000)).map(({ event }) => event);
  const until: LiveSession['until'] = async (look, what) => void (await waitFor(async () => ((await look()) ? true : undefined), { timeoutMs: 45_000, what: `${what}, in ${session.state()}` }));
  const command: LiveSession['command'] = async (one) => {
    const id = `command ${(commands += 1)}`;
    await session.obey({ id, device, epoch: 1, leaseUntil: Number.MAX_SAFE_INTEGER, deadline: Number.MAX_SAFE_INTEGER, command: one });
    return id;
  };
  return {
    ...opened,
    command,
    told,
    until,
    states: async () => (await told()).flatMap((event) => (event.type === 'session.changed' ? [event.reason === undefined ? event.state : `${event.state} ${event.reason}`] : [])),
    heard: async () => (await told()).flatMap((event) => (event.type === 'message.seen' && !event.message.key.fromMe && event.message.content.kind === 'text' ? [event.message.content.text] : [])),
    link: async () => {
      await command({ type: 'session.start', settings });
      await until(async () => (await told()).some(({ type }) => type === 'session.qr'), 'a QR');
      const qr = (await told()).find((event) => event.type === 'session.qr');
      phone.act('device.scan', { qr: qr?.type === 'session.qr' ? qr.qr : '' });
      await until(() => session.state() === 'ready', 'ready');
    },
  };
};

const openDoor = (folder: string, world: World, { kind, executablePath = '', env }: TestChromium): Promise<BrowserDoor> =>
  openBrowserDoor({
    node: 'live',
    profilesDir: join(folder, 'profiles'),
    executables: { [kind === 'chromium' ? 'chromium' : 'headless_shell']: { executablePath, env } },
    sandboxArguments: world.chromiumArguments.filter((argument) => ofSandbox.test(argument)),
    watchdog: { watch: () => Promise.resolve(), unwatch: () => Promise.resolve() },
    profileBytesMax: 100_000_000,
    launchTimeoutMs: 30_000,
    closeTimeoutMs: 10_000,
    warm: { whatsapp: 0, sandbox: 0 },
    hasRoom: () => true,
    isCalm: () => true,
    onWarm: () => undefined,
    snapshots: { count: 1, ageMs: 86_400_000, everyMs: 3_600_000 },
    noticed: () => undefined,
    onFailure: () => undefined,
  });

import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import type { TestChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import type { World } from '@waxos/sandbox/conformance/testing/world';
import type { Browser } from 'puppeteer-core';
import type { Driver, DriverEvent } from '../driver.ts';
import type { Deadlines } from '../page-door.ts';
import { openWwebjs } from '../open-wwebjs.ts';
import { openPreloads } from '../preload-page.ts';

// The build of it that the library loads: the other one opens standard input, which the tests' guard takes for a leak.
const puppeteer = createRequire(import.meta.url)('puppeteer-core') as typeof import('puppeteer-core');

type Of<T extends DriverEvent['type']> = Extract<DriverEvent, { type: T }>;

/** A driver on a browser of its own, and all that it has told. */
export interface Driven {
  driver: Driver;
  browser: Browser;
  dir: string;
  told: DriverEvent[];
  all: <T extends DriverEvent['type']>(type: T) => Of<T>[];
  until: <T extends DriverEvent['type']>(type: T, isIt?: (event: Of<T>) => boolean) => Promise<Of<T>>;
  close: (profile?: 'keep') => Promise<void>;
}

interface DriveOptions {
  dir?: string;
  deadlines?: Partial<Deadlines>;
  build?: { html: string };
  /** Its page is loaded before the driver is opened. */
  preloaded?: boolean;
}

export const drive = async (world: World, chromium: TestChromium, options: DriveOptions = {}): Promise<Driven> => {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'waxos-driver-')));
  const browser = await puppeteer.launch({
    headless: chromium.kind === 'headless shell' ? 'shell' : true,
    executablePath: chromium.executablePath ?? '',
    env: chromium.env,
    args: world.chromiumArguments,
    userDataDir: join(dir, 'session'),
    pipe: true,
  });
  const told: DriverEvent[] = [];
  const all: Driven['all'] = (type) => told.filter((event): event is Of<typeof type> => event.type === type);
  const page = { handle: browser, profileDir: join(dir, 'session') };
  const preloads = openPreloads('Waxos');
  if (options.preloaded === true) await preloads.preload(page);
  return {
    driver: (options.preloaded === true ? preloads.open : openWwebjs)(page, { deviceName: 'Waxos', tell: (event) => void told.push(event), ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }), ...(options.build === undefined ? {} : { build: options.build }) }),
    browser,
    dir,
    told,
    all,
    until: (type, isIt = () => true) => waitFor(() => all(type).find(isIt), { timeoutMs: 15_000, what: `${type}, after ${told.map((event) => event.type).join(', ')}` }),
    close: async (keep) => {
      const gone = browser.process();
      await browser.close().catch(() => undefined);
      await waitFor(() => (gone === null || gone.exitCode !== null || gone.signalCode !== null ? true : undefined), { timeoutMs: 5_000, what: 'the browser to be gone' });
      if (keep === undefined) await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

/** Opens it, and lets the phone scan its QR; ready when it resolves. */
export const linkDriven = async (world: World, phone: Phone, options: DriveOptions & { chromium: TestChromium }): Promise<Driven> => {
  const driven = await drive(world, options.chromium, options);
  try {
    await driven.driver.open();
    phone.act('device.scan', { qr: (await driven.until('qr')).qr });
    await driven.until('ready');
    return driven;
  } catch (error) {
    await driven.close();
    throw error;
  }
};

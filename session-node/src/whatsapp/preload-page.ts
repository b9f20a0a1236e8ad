import type { Browser } from 'puppeteer-core';
import { waitFor } from '@waxos/process/poll';
import type { Preloaded } from './build-driver.ts';
import { DriverDead, type DrivenBrowser, type DriverEvent, type OpenDriver } from './driver.ts';
import { openPage, openWwebjs } from './open-wwebjs.ts';
import { usualDeadlines } from './page-door.ts';

/** Pages that are loaded before anybody asks for one, each in a browser of its own that nobody uses yet. */
export interface Preloads {
  /** Resolves when the page shows its first QR. It goes on to the next ones by itself, and rests when they are used up. */
  preload: (driven: DrivenBrowser) => Promise<void>;
  /** As any driver; in a browser whose page is there already that one is used, if it still is as it should be. */
  open: OpenDriver;
}

export const openPreloads = (deviceName: string): Preloads => {
  // Gone with its browser, whoever may have ended that.
  const waiting = new WeakMap<object, Preloaded>();
  return {
    preload: async (driven) => {
      const browser = driven.handle as Browser;
      waiting.set(browser, await preloadPage(browser, driven.profileDir, deviceName));
    },
    open: (driven, options) => {
      const preloaded = waiting.get(driven.handle as Browser);
      return openWwebjs(driven, { ...options, ...(preloaded === undefined ? {} : { preloaded }) });
    },
  };
};

const preloadPage = async (browser: Browser, profileDir: string, deviceName: string): Promise<Preloaded> => {
  const told: DriverEvent[] = [];
  let hear = (event: DriverEvent): void => {
    // Of QRs only the last is worth anything.
    if (event.type === 'qr' && told.at(-1)?.type === 'qr') told.pop();
    if (told.length < 100) told.push(event);
  };
  const [first = await browser.newPage()] = await browser.pages();
  const page = openPage(browser, first, { deviceName, build: undefined, deadlines: usualDeadlines, profileDir, tell: (event) => hear(event) });
  await page.load();
  const isGood = (): boolean => browser.connected && told.some(({ type }) => type === 'qr') && told.every(({ type }) => type === 'qr' || type === 'idle');
  const shown = await waitFor(() => (told.length > 0 ? { good: isGood() } : undefined), { timeoutMs: usualDeadlines.loadMs, what: 'the QR of a page that is kept ready' });
  if (!shown.good) throw new DriverDead(`a page that is kept ready showed no QR: ${told.map(({ type }) => type).join(', ')}`);
  // Of a page that is left open for long the browser keeps it no more.
  await page.readDocument().catch(() => undefined);
  // It may wait for hours.
  const session = await page.door.debug();
  await page.door.within(() => session.send('HeapProfiler.collectGarbage'));
  return {
    page,
    isGood,
    handOver: (tell) => {
      hear = tell;
      const last = told.at(-1);
      const isFresh = last?.type === 'qr' && last.expiresAt > Date.now();
      if (isFresh) tell(last);
      return isFresh;
    },
  };
};

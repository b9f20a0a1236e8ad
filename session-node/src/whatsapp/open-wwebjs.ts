import type { Browser, Page } from 'puppeteer-core';
import whatsapp from 'whatsapp-web.js';
import { buildDriver, type OpenedPage, type Preloaded } from './build-driver.ts';
import { DriverDead, type DrivenBrowser, type Driver, type DriverEvent, type DriverOptions } from './driver.ts';
import { judgeLink, type LinkJudge } from './judge-link.ts';
import { listenForCanaries } from './listen-for-canaries.ts';
import { openPageDoor, usualDeadlines, type Deadlines, type PageDoor } from './page-door.ts';
import { watchPasskey } from './page-scripts/watch-passkey.ts';
import { keepDocument, pinDocument, whatsappAddress } from './pin-document.ts';
import { clearOutgoing } from './put-file.ts';
import { runPage, type PageRun } from './run-page.ts';
import { takeTold } from './take-told.ts';
import { withoutNumbers } from './without-numbers.ts';

/**
 * The library's client on a page of ours. It launches nothing, deletes no profile and closes no browser; what it
 * would listen to after its sync we listen to ourselves, from before it.
 */
class DrivenClient extends whatsapp.Client {
  declare inject: () => Promise<void>;

  constructor(browser: Browser, page: Page, deviceName: string) {
    super({ webVersionCache: { type: 'none' }, deviceName });
    Object.assign(this, { pupBrowser: browser, pupPage: exposeSurely(page) });
  }

  override async destroy(): Promise<void> {
    await Promise.resolve(this.removeAllListeners());
  }

  /** Called by the library once its own tools are in the page. */
  async attachEventListeners(): Promise<void> {
    await Promise.resolve();
  }
}

/** A function that was exposed while the page loaded itself anew is known to puppeteer, but not to the document. */
const exposeSurely = (page: Page): Page => {
  const expose = page.exposeFunction.bind(page);
  page.exposeFunction = (name, called) =>
    expose(name, called).catch(async (error: unknown) => {
      if (!/already exists/.test(String(error))) throw error;
      await page.removeExposedFunction(name);
      await expose(name, called);
    });
  return page;
};

interface Options extends DriverOptions {
  /** The browser's page, where it was loaded before it was asked for. */
  preloaded?: Preloaded;
  deadlines?: Partial<Deadlines>;
}

/** The port, by the real whatsapp-web.js. */
export const openWwebjs = (driven: DrivenBrowser, { deviceName, tell, deadlines, build, preloaded }: Options): Driver => {
  let opened: OpenedPage | undefined;
  let isFirst = true;
  const open = async (): Promise<void> => {
    // Whoever launched it launched it with puppeteer: the port says so.
    const browser = driven.handle as Browser;
    if (!browser.connected) throw new DriverDead('the browser is gone');
    if (isFirst) await clearOutgoing(driven.profileDir);
    const ready = isFirst ? preloaded : undefined;
    if (ready !== undefined && build === undefined && ready.isGood()) {
      isFirst = false;
      opened = ready.page;
      const isShown = ready.handOver(tellOnce((event) => opened === ready.page && tell(event)));
      return isShown ? undefined : driver.refreshQr();
    }
    const former = opened ?? ready?.page;
    opened = undefined;
    const page = (isFirst && former === undefined ? (await browser.pages())[0] : undefined) ?? (await browser.newPage());
    isFirst = false;
    // One that has crashed closes all the same; what it still says is said of nothing.
    await former?.door.page.close().catch(() => undefined);
    const own: OpenedPage = openPage(browser, page, { deviceName, build, deadlines: { ...usualDeadlines, ...deadlines }, profileDir: driven.profileDir, tell: tellOnce((event) => opened === own && tell(event)) });
    opened = own;
    await own.load();
  };
  const driver = buildDriver(open, () => {
    if (opened === undefined) throw new DriverDead('the page is not open');
    return opened;
  });
  return driver;
};

/** What a page lacks it lacks at every message; it is named once. */
const tellOnce = (tell: (event: DriverEvent) => void): ((event: DriverEvent) => void) => {
  const named = new Set<string>();
  return (event) => {
    const name = event.type === 'broken' ? `${event.build} ${event.missing.join(' ')}` : '';
    if (named.has(name)) return;
    // A page that makes names up fills no memory either.
    if (name !== '' && named.size < 100) named.add(name);
    tell(event);
  };
};

interface PageOptions {
  deviceName: string;
  deadlines: Deadlines;
  profileDir: string;
  tell: (event: DriverEvent) => void;
  build: { html: string } | undefined;
}

export const openPage = (browser: Browser, page: Page, { deviceName, deadlines, profileDir, tell, build }: PageOptions): OpenedPage => {
  const door = openPageDoor(page, deadlines);
  const judge = judgeLink(tell, Date.now);
  const client = new DrivenClient(browser, page, deviceName);
  const run = runPage({ door, judge, tell, inject: () => client.inject() });
  const canaries = listenForCanaries(door);
  const document = keepDocument(page);
  return {
    door,
    judge,
    client,
    profileDir,
    readDocument: async () => (build === undefined ? { build: run.build(), html: await door.within(document.read) } : undefined),
    forgetDocument: () => door.within(document.forget),
    hears: canaries.hears,
    load: async () => {
      listenToDeath(browser, door, tell);
      // One that nobody answers would hold every call up.
      page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
      listenToClient(client, { judge, run, tell });
      await page.exposeFunction('waxosTell', takeTold({ judge, tell, canary: canaries.heard, build: run.build }));
      await ownHandlers(page, judge);
      await page.evaluateOnNewDocument(watchPasskey);
      if (build !== undefined) await door.within(() => pinDocument(page, build.html));
      await load(page, { door, judge, run });
    },
  };
};

/** So often a page may load itself anew before it stands. */
const reloadsMax = 3;

const load = async (page: Page, { door, judge, run }: { door: PageDoor; judge: LinkJudge; run: PageRun }): Promise<void> => {
  const agent = (await page.browser().userAgent()).replace('Headless', '');
  await page.setUserAgent({ userAgent: agent });
  await door.within(() => page.goto(whatsappAddress, { waitUntil: 'domcontentloaded', timeout: 0, referer: 'https://whatsapp.com/' }), door.deadlines.loadMs);
  const begin = async (times: number): Promise<void> => {
    try {
      const isNew = await door.run(() => (globalThis as { waxos?: unknown }).waxos === undefined, undefined);
      if (!isNew || judge.isEnded()) return;
      judge.reloaded();
      await run.begin();
    } catch (error) {
      // One that loads itself anew meanwhile is begun anew.
      if (times === 0 || !(error instanceof DriverDead) || !/context|navigat|detached/i.test(error.message)) throw error;
      await begin(times - 1);
    }
  };
  let last = begin(reloadsMax);
  // In place of the library's listener, which injects again at whatever looks like a navigation and lets its failures go unseen.
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) return;
    if (frame.url().includes('post_logout=1')) return judge.loggedOut();
    // Of a page that is gone already nobody waits for anything: its death is told.
    last = last.then(() => begin(reloadsMax)).catch(() => undefined);
  });
  await last;
};

/** They stand before the library looks for them, and then it leaves them: its own of these fail, or navigate. */
const ownHandlers = async (page: Page, judge: LinkJudge): Promise<void> => {
  await page.exposeFunction('onAuthAppStateChangedEvent', () => undefined);
  await page.exposeFunction('onLogoutEvent', () => judge.loggedOut());
};

const listenToDeath = (browser: Browser, door: PageDoor, tell: (event: DriverEvent) => void): void => {
  let isDead = false;
  const died = (what: 'page' | 'browser') => (): void => {
    if (isDead) return;
    isDead = true;
    door.die();
    tell({ type: 'dead', what });
  };
  door.page.once('error', died('page'));
  browser.once('disconnected', died('browser'));
  // A browser that ends closes its pages first: that it was the browser is known a moment later.
  door.page.once('close', () => setTimeout(() => died(browser.connected ? 'page' : 'browser')(), 0));
};

const codeMs = 180_000;

const listenToClient = (client: DrivenClient, { judge, run, tell }: { judge: LinkJudge; run: PageRun; tell: (event: DriverEvent) => void }): void => {
  client.on('qr', (qr) => judge.qr(qr));
  client.on('code', (code: string) => tell({ type: 'code', code, expiresAt: Date.now() + codeMs }));
  client.on('loading_screen', (percent) => judge.progress(Number(percent)));
  client.on('ready', () => {
    run.readied().catch((error: unknown) => {
      if (!(error instanceof DriverDead)) tell({ type: 'broken', build: run.build(), missing: [`ready: ${withoutNumbers(String(error))}`] });
    });
  });
};

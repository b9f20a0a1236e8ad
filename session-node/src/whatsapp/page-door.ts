import type { CDPSession, Page } from 'puppeteer-core';
import { DriverDead, DriverRefusal } from './driver.ts';
import type { Answer } from './page-scripts/page.ts';

/** How long a call may take before its page counts as dead. */
export interface Deadlines {
  loadMs: number;
  /** What a page that is loaded may still be without. */
  modulesMs: number;
  callMs: number;
  /** Of a message's way to the server. */
  tickMs: number;
  mediaMs: number;
}

export const usualDeadlines: Deadlines = { loadMs: 60_000, modulesMs: 10_000, callMs: 15_000, tickMs: 60_000, mediaMs: 120_000 };

/** The only way into the page: each call ends by its deadline, or when the page does. */
export interface PageDoor {
  page: Page;
  deadlines: Deadlines;
  /** Evaluates a script in the page; what it throws is a refusal, what becomes of the page is DriverDead. */
  run: <A, R>(script: (wanted: A) => R | Promise<R>, wanted: A, ms?: number) => Promise<R>;
  /** The same for scripts that say why WhatsApp would not. */
  ask: <A, R>(script: (wanted: A) => Promise<Answer<R>>, wanted: A, ms?: number) => Promise<R>;
  within: <R>(work: () => Promise<R>, ms?: number) => Promise<R>;
  debug: () => Promise<CDPSession>;
  /** From now on every call fails at once, those that wait as well. */
  die: () => void;
}

export const openPageDoor = (page: Page, deadlines: Deadlines): PageDoor => {
  const dead = Promise.withResolvers<never>();
  // Nobody may be waiting when it dies.
  dead.promise.catch(() => undefined);
  let session: Promise<CDPSession> | undefined;
  const within: PageDoor['within'] = async (work, ms = deadlines.callMs) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new DriverDead(`the page did not answer within ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([work(), late, dead.promise]);
    } catch (error) {
      throw toOurs(error);
    } finally {
      clearTimeout(timer);
    }
  };
  const run: PageDoor['run'] = (script, wanted, ms) => within(async () => (await page.evaluate(script as (wanted: unknown) => unknown, wanted)) as Awaited<ReturnType<typeof script>>, ms);
  return {
    page,
    deadlines,
    within,
    run,
    ask: async (script, wanted, ms) => {
      const answer = await run(script, wanted, ms);
      if (answer.ok) return answer.value;
      throw new DriverRefusal(answer.reason, answer.text);
    },
    debug: () => (session ??= page.createCDPSession()),
    die: () => dead.reject(new DriverDead('the page is gone')),
  };
};

const gone = /closed|detached|destroyed|crashed|protocol error|cannot find context|navigat|net::/i;

const toOurs = (error: unknown): Error => {
  if (error instanceof DriverDead || error instanceof DriverRefusal) return error;
  const text = error instanceof Error ? error.message : String(error);
  const isOfProtocol = error instanceof Error && ['ProtocolError', 'TargetCloseError', 'TimeoutError', 'ConnectionClosedError'].includes(error.name);
  return isOfProtocol || gone.test(text) ? new DriverDead(text, { cause: error }) : new DriverRefusal('refused', text);
};

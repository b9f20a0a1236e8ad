import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@waxos/process/poll';
import { nodeEnv } from '@waxos/session-node/config';
import { openControlClient } from '@waxos/sandbox/server/control-client';
import { ratioOf, spreadOf, type Spread } from './figures/quantile.ts';
import { timeSteps } from './links/time-steps.ts';
import { measurePss } from './nodes/measure-pss.ts';
import { openDesk, type Desk } from './nodes/open-desk.ts';
import { startNode, type NodeProcess } from './nodes/start-node.ts';
import { startSandbox, type RunningSandbox } from './sandboxes/start-sandbox.ts';
import { composeStock } from './stocks/compose-stock.ts';
import { startStock, type Stock } from './stocks/start-stock.ts';

/**
 * From 'link a device' to a QR in hand. Ours: from the command being sent at the gateway to the QR being committed there,
 * the link both ways included; stock: from `initialize()` to its `qr` in its own process. One link after another, the
 * contestants taking turns, each alone on the machine: a node as it comes, with a browser kept ready whose page is
 * loaded, and which is replaced before the next turn; one whose browser is kept empty; one that keeps none; the bare
 * library. Then five at once. `npm run bench qr -- LINKS light|heavy`.
 */
const LINKS = 20;
const AT_ONCE = 5;
const CALM_MS = 400;
const STEP_RUNS = 5;

export const main = async ([links = String(LINKS), weight = 'light']: string[] = []): Promise<void> => {
  const sandbox = await startSandbox();
  const control = openControlClient(sandbox);
  const opened: Contestant[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'waxos-qr-'));
  try {
    if (weight === 'heavy') await control.call('page.weigh', { weight });
    const open = async (contestant: Promise<Contestant>): Promise<Contestant> => {
      opened.push(await contestant);
      return contestant;
    };
    const usual = await open(openOurs(sandbox, join(folder, 'usual'), { size: nodeEnv.WARM_BROWSERS.schema.parse(undefined), pages: nodeEnv.WARM_PAGES.schema.parse(undefined) }));
    const empty = await open(openOurs(sandbox, join(folder, 'empty'), { size: 1, pages: false }));
    const cold = await open(openOurs(sandbox, join(folder, 'cold'), { size: 0, pages: false }));
    const stock = await open(openStock(sandbox));
    const single = await takeTurns([usual, stock, empty, cold], { turns: Number(links), atOnce: 1 });
    const pooled = await open(openOurs(sandbox, join(folder, 'five'), { size: AT_ONCE, pages: true }));
    const many = await takeTurns([pooled, stock, usual], { turns: Math.ceil(Number(links) / AT_ONCE), atOnce: AT_ONCE });
    await Promise.all([usual, empty, pooled].map(({ full }) => full()));
    const warmMib = { loaded: await measureWarm(pooled, cold), empty: await measureWarm(empty, cold) };
    await Promise.all(opened.splice(0).map(({ close }) => close()));
    const steps = await timeSteps(sandbox, STEP_RUNS);
    report({ single, many, steps, warmMib, weight, names: { usual, empty, cold, stock, pooled } });
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
    control.close();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

interface Contestant {
  name: string;
  pid: number;
  /** Browsers that it keeps ready. */
  size: number;
  full: () => Promise<unknown>;
  /** One device more; resolves with how long its QR took. */
  link: () => Promise<number>;
  /** Away with what was linked; resolves when it is as before, with how long the pool took to be full again. */
  clear: () => Promise<number | undefined>;
  close: () => Promise<void>;
}

const openOurs = async (sandbox: RunningSandbox, folder: string, { size, pages }: { size: number; pages: boolean }): Promise<Contestant> => {
  const desk = await openDesk();
  const node = await startNode({ sandbox, gateway: desk.gateway, folder, env: { LOG_LEVEL: 'debug', WARM_BROWSERS: String(size), WARM_PAGES: String(pages) } });
  let linked: string[] = [];
  let taken = 0;
  await untilWarm(node, size);
  return {
    name: size === 0 ? 'ours, nothing kept ready' : `ours, ${size} kept ready, ${pages ? 'page loaded' : 'empty'}`,
    pid: node.pid,
    size,
    full: () => untilWarm(node, size + taken),
    link: () => {
      const device = randomUUID();
      linked.push(device);
      return timeLink(desk, device);
    },
    clear: async () => {
      const before = linked;
      linked = [];
      const from = performance.now();
      taken += Math.min(before.length, size);
      await untilWarm(node, size + taken);
      const refilled = performance.now() - from;
      for (const device of before) await desk.ask(device, { type: 'session.log_out' });
      for (const device of before) await desk.untilState(device, 'logged_out');
      return size === 0 ? undefined : refilled;
    },
    close: async () => {
      await node.stop();
      await desk.close();
    },
  };
};

const timeLink = async (desk: Desk, device: string): Promise<number> => {
  const from = performance.now();
  const begun = desk.begin(device);
  const { at } = await desk.untilQr(device);
  await begun;
  return at - from;
};

/** Since its start it has warmed so many. */
const untilWarm = (node: NodeProcess, count: number): Promise<true> =>
  waitFor(() => (node.log.filter(({ msg }) => msg === 'a browser is warm').length >= count ? true : undefined), { timeoutMs: 60_000, what: `${count} warm browsers` });

const openStock = async (sandbox: RunningSandbox): Promise<Contestant> => {
  const stock: Stock = await startStock({ ...(await composeStock(sandbox)), helped: false });
  let count = 0;
  const linked: string[] = [];
  return {
    name: 'stock',
    pid: stock.pid,
    size: 0,
    full: () => Promise.resolve(),
    link: async () => {
      count += 1;
      const name = `shop${count}`;
      linked.push(name);
      return (await stock.open(name).qr).ms;
    },
    clear: async () => {
      // What its injection still does when its browser goes, it does not survive (fault 7 of the library).
      await pause(CALM_MS);
      await Promise.all(linked.splice(0).map(stock.close));
      return undefined;
    },
    close: async () => {
      await stock.stop();
      await stock.remove();
    },
  };
};

interface Turns {
  name: string;
  times: number[];
  refills: number[];
}

const takeTurns = async (contestants: readonly Contestant[], { turns, atOnce }: { turns: number; atOnce: number }): Promise<Turns[]> => {
  const taken = contestants.map(({ name }): Turns => ({ name, times: [], refills: [] }));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, contestant] of contestants.entries()) {
      await pause(CALM_MS);
      const times = await Promise.all(Array.from({ length: atOnce }, contestant.link));
      const refill = await contestant.clear();
      taken[index]?.times.push(...times);
      if (refill !== undefined) taken[index]?.refills.push(refill);
    }
  }
  return taken;
};

/** Of one browser that is kept ready, in mebibytes; what a node that keeps none has beside its own process is taken off. */
const measureWarm = async (keeping: Contestant, cold: Contestant): Promise<number> => {
  const [warm, none] = [await measurePss(keeping.pid), await measurePss(cold.pid)];
  return Math.round((warm.bytes - warm.rootBytes - (none.bytes - none.rootBytes)) / keeping.size / 1_024 ** 2);
};

interface Report {
  single: Turns[];
  many: Turns[];
  steps: Record<string, number>;
  warmMib: { loaded: number; empty: number };
  weight: string;
  names: Record<'usual' | 'empty' | 'cold' | 'stock' | 'pooled', Contestant>;
}

const report = ({ single, many, steps, warmMib, weight, names }: Report): void => {
  const spread = (turns: readonly Turns[], { name }: Contestant): Spread => spreadOf(turns.find((one) => one.name === name)?.times ?? []);
  for (const [what, turns] of [['one after another', single], [`${AT_ONCE} at once`, many]] as const) {
    for (const { name, times, refills } of turns) {
      const { p50, p95, max } = spreadOf(times);
      const refilled = refills.length === 0 ? '' : `; replaced ${spreadOf(refills).p50} ms behind the QR`;
      console.log(`${what}, ${name}: ${times.length} QRs, p50 ${p50} ms, p95 ${p95} ms, longest ${max} ms${refilled}`);
    }
  }
  for (const [step, ms] of Object.entries(steps)) console.log(`of a cold link, ${step}: ${ms} ms`);
  console.log(`a browser that is kept ready: ${warmMib.loaded} MiB with its page, ${warmMib.empty} MiB empty`);
  const [ours, empty, cold, stock] = [spread(single, names.usual), spread(single, names.empty), spread(single, names.cold), spread(single, names.stock)];
  const [fiveOurs, fiveUsual, fiveStock] = [spread(many, names.pooled), spread(many, names.usual), spread(many, names.stock)];
  const compared = (one: Spread, other: Spread) => ({ ...one, ratio_p50: ratioOf(one.p50, other.p50), ratio_p95: ratioOf(one.p95, other.p95) });
  console.log(
    JSON.stringify({ bench: 'qr', ours_p50_ms: ours.p50, stock_p50_ms: stock.p50, ratio: ratioOf(ours.p50, stock.p50), weight, links: single[0]?.times.length, ours: compared(ours, stock), stock, kept_empty: compared(empty, stock), none_kept: compared(cold, stock), at_once: { links: AT_ONCE, pool_of_five: compared(fiveOurs, fiveStock), pool_of_one: compared(fiveUsual, fiveStock), stock: fiveStock }, steps_ms: steps, warm_mib: warmMib }),
  );
};

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
 * contestants taking turns, each alone on the machine: a node with its usual pool of warm browsers, which is full again
 * before the next turn; a node without a pool; the bare library. Then five at once.
 * `npm run bench qr -- LINKS light|heavy`.
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
    const usual = await open(openOurs(sandbox, join(folder, 'usual'), nodeEnv.WARM_BROWSERS.schema.parse(undefined)));
    const cold = await open(openOurs(sandbox, join(folder, 'cold'), 0));
    const stock = await open(openStock(sandbox));
    const single = await takeTurns([usual, stock, cold], { turns: Number(links), atOnce: 1 });
    const pooled = await open(openOurs(sandbox, join(folder, 'five'), AT_ONCE));
    const many = await takeTurns([pooled, stock, usual], { turns: Math.ceil(Number(links) / AT_ONCE), atOnce: AT_ONCE });
    const warmMib = await measureWarm(pooled, cold);
    await Promise.all(opened.splice(0).map(({ close }) => close()));
    const steps = await timeSteps(sandbox, STEP_RUNS);
    report({ single, many, steps, warmMib, weight, names: { usual, cold, stock, pooled } });
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
  /** One device more; resolves with how long its QR took. */
  link: () => Promise<number>;
  /** Away with what was linked; resolves when it is as before, with how long the pool took to be full again. */
  clear: () => Promise<number | undefined>;
  close: () => Promise<void>;
}

const openOurs = async (sandbox: RunningSandbox, folder: string, size: number): Promise<Contestant> => {
  const desk = await openDesk();
  const node = await startNode({ sandbox, gateway: desk.gateway, folder, env: { LOG_LEVEL: 'debug', WARM_BROWSERS: String(size) } });
  let linked: string[] = [];
  let taken = 0;
  await untilWarm(node, size);
  return {
    name: size === 0 ? 'ours without a pool' : `ours with a pool of ${size}`,
    pid: node.pid,
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

/** Of one warm browser, in mebibytes; what the node without a pool has of watchdog is taken off. */
const measureWarm = async (pooled: Contestant, cold: Contestant): Promise<number> => {
  const [warm, none] = [await measurePss(pooled.pid), await measurePss(cold.pid)];
  return Math.round((warm.bytes - warm.rootBytes - (none.bytes - none.rootBytes)) / AT_ONCE / 1_024 ** 2);
};

interface Report {
  single: Turns[];
  many: Turns[];
  steps: Record<string, number>;
  warmMib: number;
  weight: string;
  names: Record<'usual' | 'cold' | 'stock' | 'pooled', Contestant>;
}

const report = ({ single, many, steps, warmMib, weight, names }: Report): void => {
  const spread = (turns: readonly Turns[], { name }: Contestant): Spread => spreadOf(turns.find((one) => one.name === name)?.times ?? []);
  for (const [what, turns] of [['one after another', single], [`${AT_ONCE} at once`, many]] as const) {
    for (const { name, times, refills } of turns) {
      const { p50, p95, max } = spreadOf(times);
      const refilled = refills.length === 0 ? '' : `; the pool was full again ${spreadOf(refills).p50} ms behind the QR`;
      console.log(`${what}, ${name}: ${times.length} QRs, p50 ${p50} ms, p95 ${p95} ms, longest ${max} ms${refilled}`);
    }
  }
  for (const [step, ms] of Object.entries(steps)) console.log(`of a cold link, ${step}: ${ms} ms`);
  console.log(`a warm browser: ${warmMib} MiB`);
  const [ours, cold, stock] = [spread(single, names.usual), spread(single, names.cold), spread(single, names.stock)];
  const [fiveOurs, fiveUsual, fiveStock] = [spread(many, names.pooled), spread(many, names.usual), spread(many, names.stock)];
  const compared = (one: Spread, other: Spread) => ({ ...one, ratio_p50: ratioOf(one.p50, other.p50), ratio_p95: ratioOf(one.p95, other.p95) });
  console.log(
    JSON.stringify({ bench: 'qr', weight, links: single[0]?.times.length, ours: compared(ours, stock), stock, empty_pool: compared(cold, stock), at_once: { links: AT_ONCE, pool_of_five: compared(fiveOurs, fiveStock), pool_of_one: compared(fiveUsual, fiveStock), stock: fiveStock }, steps_ms: steps, warm_mib: warmMib }),
  );
};

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openControlClient, type ControlClient } from '@waxos/sandbox/server/control-client';
import { ratioOf, spreadOf } from './figures/quantile.ts';
import { linkDevice, openDesk, type Desk } from './nodes/open-desk.ts';
import { startNode } from './nodes/start-node.ts';
import { readStarts, type Start } from './restarts/read-starts.ts';
import { restartStock, type StockRestart } from './restarts/restart-stock.ts';
import { startSandbox, type RunningSandbox } from './sandboxes/start-sandbox.ts';

/**
 * A node with linked sessions is stopped cleanly and started again: how long from the start of its process until the
 * last session is ready, as the gateway sees it. Then the bare library with as many linked clients: as many at a time as
 * our gate let in at most, the next when one is ready, each helped over its first fault; and all at once, with nobody's
 * help, for three minutes at most. Both wait the sandbox's usual second of sync.
 * `npm run bench restart -- 20,40 light|heavy`.
 */
const COUNTS = '20,40';
const NETWORK = 'bench';
const LINKING_AT_ONCE = 4;
const READY_MS = 180_000;

export const main = async ([counts = COUNTS, weight = 'light', against = 'stock']: string[] = []): Promise<void> => {
  const results: Result[] = [];
  for (const count of counts.split(',').map(Number)) {
    const sandbox = await startSandbox();
    const control = openControlClient(sandbox);
    try {
      if (weight === 'heavy') await control.call('page.weigh', { weight });
      const ours = await restartOurs(sandbox, control, count);
      reportOurs(ours);
      const stock = against === 'stock' ? await restartStock(sandbox, control, { count, atATime: ours.atATime }) : undefined;
      if (stock !== undefined) reportStock(stock, count);
      results.push({ ours, stock });
    } finally {
      control.close();
      await sandbox.stop();
    }
  }
  console.log(JSON.stringify({ bench: 'restart', ...headline(results), weight, results: results.map(figures) }));
};

/** From the start of the process until the last of so many is ready; null where some never were. */
const headline = (results: readonly Result[]): Record<string, number | null> => {
  const last = (readyMs: readonly number[] | undefined, count: number): number | null => (readyMs?.length === count ? Number(seconds(readyMs.at(-1) ?? 0)) : null);
  const of = (count: number): Result | undefined => results.find(({ ours }) => ours.count === count);
  return { n20_s: last(of(20)?.ours.readyMs, 20), n40_s: last(of(40)?.ours.readyMs, 40), stock_n20_s: last(of(20)?.stock?.staggered.readyMs, 20) };
};

interface Result {
  ours: Ours;
  stock: StockRestart | undefined;
}

interface Ours {
  count: number;
  stopMs: number;
  /** Of each, from the start of the process. */
  readyMs: number[];
  /** So many were being started at once, at most. */
  atATime: number;
  connectedMs: number;
  slowest: Start | undefined;
}

const restartOurs = async (sandbox: RunningSandbox, control: ControlClient, count: number): Promise<Ours> => {
  const folder = await mkdtemp(join(tmpdir(), 'waxos-restart-'));
  const desk = await openDesk();
  // As it comes, but for its log, from which the steps are read.
  const wanted = { sandbox, gateway: desk.gateway, folder, env: { LOG_LEVEL: 'debug', WARM_BROWSERS: '1' } };
  let node = await startNode(wanted);
  try {
    const devices = await linkAll(desk, control, count);
    const stopMs = await node.stop();
    const before = desk.gateway.committed.length;
    node = await startNode(wanted);
    const connectedMs = performance.now() - node.startedAt;
    const { startedAt } = node;
    const ready = await Promise.all(
      devices.map(async (device) => {
        await desk.begin(device);
        return (await desk.untilState(device, 'ready', READY_MS)) - startedAt;
      }),
    );
    const starts = readStarts(node, desk.gateway.committed.slice(before));
    return { count, stopMs, readyMs: ready.toSorted((a, b) => a - b), atATime: starts.atATime, connectedMs, slowest: starts.slowest };
  } finally {
    await node.stop();
    await desk.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const linkAll = async (desk: Desk, control: ControlClient, count: number): Promise<string[]> => {
  const devices: string[] = [];
  let begun = 0;
  const keepLinking = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      devices.push((await linkDevice(desk, { control, network: NETWORK, name: `Shop ${begun}` })).device);
    }
  };
  await Promise.all(Array.from({ length: LINKING_AT_ONCE }, keepLinking));
  return devices;
};

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

const reportOurs = ({ count, stopMs, readyMs, atATime, connectedMs, slowest }: Ours): void => {
  console.log(`ours, ${count} sessions: stopped in ${seconds(stopMs)} s; started again, the last was ready after ${seconds(readyMs.at(-1) ?? 0)} s; ${atATime} at a time at most; connected after ${seconds(connectedMs)} s`);
  console.log(`  ready after, s: ${readyMs.map(seconds).join(' ')}`);
  if (slowest !== undefined) console.log(`  the slowest, ms from the start of the process: ${slowest.steps.map(({ step, ms }) => `${step} ${Math.round(ms)}`).join(', ')}`);
};

const reportStock = ({ staggered, atOnce, atATime }: StockRestart, count: number): void => {
  const last = staggered.readyMs.length === count ? `the last was ready after ${seconds(staggered.readyMs.at(-1) ?? 0)} s` : `${staggered.readyMs.length} were ready within ${seconds(READY_MS)} s`;
  console.log(`stock, ${count} clients, ${atATime} at a time, each helped over fault 1: ${last}`);
  const [first] = atOnce.readyMs;
  const allAtOnce = atOnce.readyMs.length === count ? `the last was ready after ${seconds(atOnce.readyMs.at(-1) ?? 0)} s` : `${atOnce.readyMs.length} of ${count} were ready within ${seconds(atOnce.limitMs)} s${first === undefined ? '' : `, the first after ${seconds(first)} s`}`;
  console.log(`stock, all ${count} at once, by themselves: ${allAtOnce}`);
};

const figures = ({ ours, stock }: Result): Record<string, unknown> => {
  const last = ours.readyMs.at(-1) ?? Number.NaN;
  const stockLast = stock?.staggered.readyMs.length === ours.count ? stock.staggered.readyMs.at(-1) : undefined;
  return {
    sessions: ours.count,
    ready_s: Number(seconds(last)),
    ready_ms: spreadOf(ours.readyMs),
    stop_s: Number(seconds(ours.stopMs)),
    at_a_time: ours.atATime,
    slowest_ms: Object.fromEntries((ours.slowest?.steps ?? []).map(({ step, ms }) => [step, Math.round(ms)])),
    ...(stock === undefined ? {} : { stock_s: stockLast === undefined ? null : Number(seconds(stockLast)), ratio: stockLast === undefined ? null : ratioOf(last, stockLast), stock_at_once_ready: stock.atOnce.readyMs.length }),
  };
};

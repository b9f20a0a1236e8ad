import { setTimeout as pause } from 'node:timers/promises';
import { openControlClient, type ControlClient } from '@waxos/sandbox/server/control-client';
import { openOurFarm, openStockFarm, openSwappedFarm, type Farm } from './nodes/farms.ts';
import { measureCpu, measurePss, readFreeBytes, type Held } from './nodes/measure-pss.ts';
import { startSandbox, type RunningSandbox } from './sandboxes/start-sandbox.ts';

/**
 * How many sessions fit into a gibibyte: this node with its watchdog, against stock whatsapp-web.js (Client and
 * LocalAuth, puppeteer's own arguments, the machine's full Chromium), both on the sandbox's heavy page, 1, 5, 10, 20
 * and 40 sessions each, linked, ready and settled. Counted is the proportional set size of the whole tree, the process
 * of Node included; sandbox and gateway run outside of it, on another copy of Node so that they share nothing with it.
 * Both are given the same time to settle. Ours collects its garbage after its sync, stock does not: each does what it
 * does by itself. Processor time is of the whole tree while nothing happens.
 *
 * Then this node once more with idle memory in compressed swap, where the machine has it (docs/operations/memory.md):
 * counted is what the tree still holds and what the swap takes. The swap is the machine's and serves stock as well,
 * which is why it is a figure of its own; what it costs shows in how soon a message is heard after the idle time.
 * `npm run bench density -- 1,5,10`.
 */
const COUNTS = [1, 5, 10, 20, 40];
const HEADLINE = 20;
const SETTLE_MS = 60_000;
const IDLE_MS = 30_000;
const FREE_BYTES_MIN = 3 * 1_024 ** 3;

export const main = async ([list = COUNTS.join(',')]: string[] = []): Promise<void> => {
  const counts = list.split(',').map(Number);
  const ours = await inASandbox((sandbox, control) => measureFarm('this node', () => openOurFarm(sandbox, control), counts));
  const swapped = await inASandbox((sandbox, control) => measureFarm('this node, swapping', () => openSwappedFarm(sandbox, control), counts));
  const stock = await inASandbox((sandbox, control) => measureFarm('stock', () => openStockFarm(sandbox, control), counts));
  const [ratio, swappedRatio] = [compare(ours, stock), compare(swapped, stock)];
  for (const [sessions, times] of Object.entries(ratio)) console.log(`${sessions} sessions: ${times} times as many in the same memory${swappedRatio[sessions] === undefined ? '' : `, ${swappedRatio[sessions]} times with compressed swap`}`);
  console.log(JSON.stringify({ bench: 'density', ...headline(ours, stock), settle_s: SETTLE_MS / 1_000, ours: ours.map(figures), swapped: swapped.map(figures), stock: stock.map(figures), ratios: ratio, ratios_swapped: swappedRatio }));
};

/** Of as many sessions as the promise is about, or of the most that both were measured with. */
const headline = (ours: readonly Measured[], stock: readonly Measured[]): Record<string, number> => {
  const both = ours.flatMap((one) => stock.flatMap((other) => (other.sessions === one.sessions ? [{ one, other }] : [])));
  const chosen = both.find(({ one }) => one.sessions === HEADLINE) ?? both.at(-1);
  if (chosen === undefined) return {};
  const { one, other } = chosen;
  return { sessions: one.sessions, ours_mb: Math.round(one.bytes / 1e6), stock_mb: Math.round(other.bytes / 1e6), ratio: round(other.bytes / one.bytes) };
};

const compare = (some: readonly Measured[], others: readonly Measured[]): Record<string, number> =>
  Object.fromEntries(some.flatMap(({ sessions, bytes }) => others.filter((other) => other.sessions === sessions).map((other) => [sessions, round(other.bytes / bytes)])));

const inASandbox = async <T>(measure: (sandbox: RunningSandbox, control: ControlClient) => Promise<T>): Promise<T> => {
  const sandbox = await startSandbox();
  const control = openControlClient(sandbox);
  try {
    await control.call('page.weigh', { weight: 'heavy' });
    return await measure(sandbox, control);
  } finally {
    control.close();
    await sandbox.stop();
  }
};

interface Measured extends Held {
  sessions: number;
  /** Seconds of processor for each session and minute. */
  idleCpu: number;
  /** Of `bytes`, what is compressed. */
  swapBytes: number;
  heardMs: readonly number[];
}

const measureFarm = async (name: string, open: () => Promise<Farm | string>, counts: readonly number[]): Promise<Measured[]> => {
  const measured: Measured[] = [];
  const farm = await open();
  if (typeof farm === 'string') {
    console.log(`${name}: not measured, since ${farm}`);
    return [];
  }
  try {
    let running = 0;
    for (const sessions of counts) {
      const last = measured.at(-1);
      const needed = last === undefined ? 0 : (last.bytes / last.sessions) * (sessions - running);
      if ((await readFreeBytes()) - needed < FREE_BYTES_MIN) {
        console.log(`${name}: ${sessions} sessions would leave less than ${FREE_BYTES_MIN / 1_024 ** 3} GiB free, so that is not measured`);
        break;
      }
      await farm.letGo?.();
      for (; running < sessions; running += 1) await farm.add(`Shop ${running + 1}`);
      const one = await measureOne(farm, sessions);
      measured.push(one);
      tell(name, one);
    }
  } finally {
    await farm.close();
  }
  return measured;
};

const measureOne = async (farm: Farm, sessions: number): Promise<Measured> => {
  await farm.hold?.(sessions);
  await pause(SETTLE_MS);
  const cpu = await measureCpu(farm.pid, IDLE_MS);
  const held = await measurePss(farm.pid);
  const swapBytes = (await farm.besidesBytes?.()) ?? 0;
  const heardMs = ((await farm.hear?.()) ?? []).toSorted((a, b) => a - b);
  return { ...held, sessions, bytes: held.bytes + swapBytes, swapBytes, idleCpu: (cpu / sessions / IDLE_MS) * 60_000, heardMs };
};

const tell = (name: string, one: Measured): void => {
  const swap = one.swapBytes === 0 ? '' : `, ${mib(one.swapBytes)} of them compressed`;
  const heard = one.heardMs.length === 0 ? '' : `; a message heard in ${percentile(one.heardMs, 0.5)} ms, p95 ${percentile(one.heardMs, 0.95)}`;
  console.log(`${name}, ${one.sessions} sessions: ${mib(one.bytes)} MiB${swap} in ${one.processes} processes, ${mib(one.bytes / one.sessions)} MiB each, ${perGib(one)} a GiB; idle ${one.idleCpu.toFixed(2)} s of processor a minute each; its own Node ${mib(one.rootBytes)} MiB${heard}`);
};

const perGib = ({ sessions, bytes }: Measured): number => round((sessions * 1_024 ** 3) / bytes);

const mib = (bytes: number): number => Math.round(bytes / 1_024 ** 2);

const round = (value: number): number => Number(value.toFixed(2));

const percentile = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);

const figures = (one: Measured): Record<string, number | null> => ({
  sessions: one.sessions,
  pss_mib: mib(one.bytes - one.swapBytes),
  compressed_mib: mib(one.swapBytes),
  anonymous_mib: mib(one.anonymousBytes),
  node_mib: mib(one.rootBytes),
  processes: one.processes,
  mib_each: mib(one.bytes / one.sessions),
  per_gib: perGib(one),
  idle_cpu_s_per_min: round(one.idleCpu),
  heard_p50_ms: one.heardMs.length === 0 ? null : percentile(one.heardMs, 0.5),
  heard_p95_ms: one.heardMs.length === 0 ? null : percentile(one.heardMs, 0.95),
});

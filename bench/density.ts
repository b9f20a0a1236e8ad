import { setTimeout as pause } from 'node:timers/promises';
import { openControlClient, type ControlClient } from '@waxos/sandbox/server/control-client';
import { openOurFarm, openStockFarm, type Farm } from './nodes/farms.ts';
import { measureCpu, measurePss, readFreeBytes, type Held } from './nodes/measure-pss.ts';
import { startSandbox, type RunningSandbox } from './sandboxes/start-sandbox.ts';

/**
 * How many sessions fit into a gibibyte: this node with its watchdog, against stock whatsapp-web.js (Client and
 * LocalAuth, puppeteer's own arguments, the machine's full Chromium), both on the sandbox's heavy page, 1, 5, 10, 20
 * and 40 sessions each, linked, ready and settled. Counted is the proportional set size of the whole tree, the process
 * of Node included; sandbox and gateway run outside of it, on another copy of Node so that they share nothing with it.
 * Both are given the same time to settle. Ours collects its garbage after its sync, stock does not: each does what it
 * does by itself. Processor time is of the whole tree while nothing happens.
 * `npm run bench density -- 1,5,10`.
 */
const COUNTS = [1, 5, 10, 20, 40];
const SETTLE_MS = 60_000;
const IDLE_MS = 30_000;
const FREE_BYTES_MIN = 3 * 1_024 ** 3;

export const main = async ([list = COUNTS.join(',')]: string[] = []): Promise<void> => {
  const counts = list.split(',').map(Number);
  const ours = await inASandbox((sandbox, control) => measureFarm('this node', () => openOurFarm(sandbox, control), counts));
  const stock = await inASandbox((sandbox, control) => measureFarm('stock', () => openStockFarm(sandbox, control), counts));
  const compared = ours.flatMap((one) => {
    const other = stock.find(({ sessions }) => sessions === one.sessions);
    return other === undefined ? [] : [{ sessions: one.sessions, ratio: round(other.bytes / one.bytes) }];
  });
  for (const { sessions, ratio } of compared) console.log(`${sessions} sessions: ${ratio} times as many in the same memory`);
  console.log(JSON.stringify({ bench: 'density', settle_s: SETTLE_MS / 1_000, ours: ours.map(figures), stock: stock.map(figures), ratio: Object.fromEntries(compared.map(({ sessions, ratio }) => [sessions, ratio])) }));
};

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
}

const measureFarm = async (name: string, open: () => Promise<Farm>, counts: readonly number[]): Promise<Measured[]> => {
  const measured: Measured[] = [];
  const farm = await open();
  try {
    let running = 0;
    for (const sessions of counts) {
      const last = measured.at(-1);
      const needed = last === undefined ? 0 : (last.bytes / last.sessions) * (sessions - running);
      if ((await readFreeBytes()) - needed < FREE_BYTES_MIN) {
        console.log(`${name}: ${sessions} sessions would leave less than ${FREE_BYTES_MIN / 1_024 ** 3} GiB free, so that is not measured`);
        break;
      }
      for (; running < sessions; running += 1) await farm.add(`Shop ${running + 1}`);
      await pause(SETTLE_MS);
      const cpu = await measureCpu(farm.pid, IDLE_MS);
      const one = { sessions, ...(await measurePss(farm.pid)), idleCpu: (cpu / sessions / IDLE_MS) * 60_000 };
      measured.push(one);
      console.log(`${name}, ${sessions} sessions: ${mib(one.bytes)} MiB in ${one.processes} processes, ${mib(one.bytes / sessions)} MiB each, ${perGib(one)} a GiB; idle ${one.idleCpu.toFixed(2)} s of processor a minute each; its own Node ${mib(one.rootBytes)} MiB`);
    }
  } finally {
    await farm.close();
  }
  return measured;
};

const perGib = ({ sessions, bytes }: Measured): number => round((sessions * 1_024 ** 3) / bytes);

const mib = (bytes: number): number => Math.round(bytes / 1_024 ** 2);

const round = (value: number): number => Number(value.toFixed(2));

const figures = (one: Measured): Record<string, number> => ({
  sessions: one.sessions,
  pss_mib: mib(one.bytes),
  anonymous_mib: mib(one.anonymousBytes),
  node_mib: mib(one.rootBytes),
  processes: one.processes,
  mib_each: mib(one.bytes / one.sessions),
  per_gib: perGib(one),
  idle_cpu_s_per_min: round(one.idleCpu),
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import type { RunningSandbox } from '../sandboxes/start-sandbox.ts';
import { composeStock } from '../stocks/compose-stock.ts';
import { startStock, type Stock } from '../stocks/start-stock.ts';

export interface StockRestart {
  atATime: number;
  staggered: Began;
  atOnce: Began;
}

interface Began {
  /** Of those that became ready, from the start of the process. */
  readyMs: number[];
  limitMs: number;
}

const NETWORK = 'bench';
const LINKING_AT_ONCE = 2;
const LIMIT_MS = 180_000;

/** As many clients of the bare library, linked, closed and begun again in a new process: first by turns, then all at once. */
export const restartStock = async (sandbox: RunningSandbox, control: ControlClient, { count, atATime }: { count: number; atATime: number }): Promise<StockRestart> => {
  const dir = await mkdtemp(join(tmpdir(), 'waxos-restart-stock-'));
  const composed = await composeStock(sandbox);
  try {
    const names = await linkAll(await startStock({ ...composed, dir, helped: true }), control, count);
    const staggered = await begin(names, atATime, (): Promise<Stock> => startStock({ ...composed, dir, helped: true }));
    const atOnce = await begin(names, count, (): Promise<Stock> => startStock({ ...composed, dir, helped: false }));
    return { atATime, staggered, atOnce };
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
};

const linkAll = async (stock: Stock, control: ControlClient, count: number): Promise<string[]> => {
  const names: string[] = [];
  const keepLinking = async (): Promise<void> => {
    while (names.length < count) {
      const index = names.push('') - 1;
      const { account } = await control.call('accounts.add', { network: NETWORK, account: { name: `Stock shop ${index + 1}` } });
      names[index] = account;
      const client = stock.open(account);
      const { qr } = await client.qr;
      await control.perform(NETWORK, { account, by: 'phone' }, { name: 'device.scan', args: { qr } });
      await client.ready;
      // Forty of these at once are more than many a machine has memory for; the profile is what is wanted.
      await stock.close(account);
    }
  };
  await Promise.all(Array.from({ length: LINKING_AT_ONCE }, keepLinking));
  await stock.stop();
  return names;
};

const begin = async (names: readonly string[], atATime: number, start: () => Promise<Stock>): Promise<Began> => {
  const from = performance.now();
  const stock = await start();
  const left = [...names];
  const readyMs: number[] = [];
  const keepOpening = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      await stock.open(name).ready;
      readyMs.push(performance.now() - from);
    }
  };
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, LIMIT_MS);
  try {
    await Promise.race([Promise.all(Array.from({ length: atATime }, keepOpening)), over.promise]);
  } finally {
    clearTimeout(timer);
    left.length = 0;
    await stock.stop();
  }
  return { readyMs: readyMs.toSorted((a, b) => a - b), limitMs: LIMIT_MS };
};

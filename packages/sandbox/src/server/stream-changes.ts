import type { Writable } from 'node:stream';
import type { Network } from '../network/network.ts';

const ALIVE_MS = 15_000;

/** Server-sent events; a comment now and then keeps proxies from taking the silence for an end. */
export const streamChanges = (network: Pick<Network, 'watch'>, out: Writable): void => {
  const changed = new Set<string>();
  /** Whoever reads slowly is told later, of everything at once: nothing piles up here. */
  const tell = (): void => {
    if (changed.size === 0 || out.writableNeedDrain) return;
    const text = JSON.stringify({ accounts: [...changed] });
    changed.clear();
    out.write(`data: ${text}\n\n`);
  };
  const sayAlive = (): void => {
    if (!out.writableNeedDrain) out.write(': here\n\n');
  };
  sayAlive();
  const unwatch = network.watch((accounts) => {
    for (const account of accounts) changed.add(account);
    tell();
  });
  const alive = setInterval(sayAlive, ALIVE_MS);
  out.on('drain', tell);
  out.on('close', () => {
    clearInterval(alive);
    unwatch();
  });
};

import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@waxos/process/poll';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import type { Inboxes } from '../inboxes/open-inboxes.ts';
import { readLedger } from '../ledgers/read-ledger.ts';
import { untilReady, type Stage } from './set-stage.ts';

interface Settling {
  gateway: ChaosGateway;
  control: ControlClient;
  inboxes: Inboxes;
  stage: Stage;
}

const settleMs = 180_000;
const quietMs = 3_000;

/** Until everything is where it belongs, or will not come any more; then a while, for what comes twice. Says what is not as it should be. */
export const settle = async ({ gateway, control, inboxes, stage }: Settling): Promise<{ ms: number; late: string[] }> => {
  const from = performance.now();
  const late: string[] = [];
  const isQuiet = async (): Promise<true | undefined> => {
    if (gateway.book.open().length > 0) return undefined;
    const ledger = await readLedger(control);
    return stage.shops.every((shop) => inboxes.judge(shop, { ledger, stage }).lost.length === 0) ? true : undefined;
  };
  // What is missing is found, and named, by the comparison.
  await untilReady(gateway, stage.shops, settleMs).catch((error: unknown) => late.push(String(error)));
  await waitFor(isQuiet, { timeoutMs: settleMs, intervalMs: 1_000, what: 'all messages' }).catch((error: unknown) => late.push(String(error)));
  await pause(quietMs);
  return { ms: Math.round(performance.now() - from), late };
};

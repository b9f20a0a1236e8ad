import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@waxos/process/poll';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import { findBrowsers } from '../fleets/find-processes.ts';
import type { KeptNode } from '../fleets/keep-node.ts';
import { untilReady, type Shop } from '../fleets/set-stage.ts';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import { killNow } from './kill-now.ts';
import type { Outages } from './open-outages.ts';

export interface Freeze {
  from: number;
  /** Its browsers are to be dead by then, and nothing may leave it any more. */
  deadline: number;
  to: number;
  /** Browsers that were there past the deadline. */
  left: number;
  /** Until all devices were ready again; undefined where they were not in time. */
  recoveredMs: number | undefined;
}

interface FreezeOptions {
  gateway: ChaosGateway;
  node: KeptNode;
  shops: readonly Shop[];
  outages: Outages;
  dice: Dice;
  /** Has much to send just then. */
  burst: () => void;
}

/** As the node has it: the deadline file is good for so long, and the watchdog looks four times a second. */
const guardMs = 10_000;
const killMs = 1_500;
/** Each fourth is longer than a lease. */
const longMs = [32_000, 36_000] as const;
const shortMs = [13_000, 20_000] as const;
const recoverMs = 120_000;
const startMsMax = 1_000;

/** Stops the node with SIGSTOP in the middle of its sends, for longer than its deadline, and lets it go on. */
export const freezeNode = async (times: number, options: FreezeOptions): Promise<Freeze[]> => {
  const freezes: Freeze[] = [];
  for (let count = 1; count <= times; count += 1) {
    await untilReady(options.gateway, options.shops, recoverMs).catch((error: unknown) => console.error(error));
    // Each second one finds a browser that is just starting.
    if (count % 2 === 0) await killOne(options);
    freezes.push(await freezeOnce(count % 4 === 0 ? longMs : shortMs, options));
    console.log(`freeze ${count}: ${freezes.at(-1)?.left} browsers past the deadline, ready again after ${freezes.at(-1)?.recoveredMs ?? '?'} ms`);
  }
  return freezes;
};

const killOne = async ({ node, dice }: FreezeOptions): Promise<void> => {
  const pid = node.pid();
  const found = pid === undefined ? [] : await findBrowsers(pid);
  if (found.length > 0) killNow(dice.pick(found).mark);
  await pause(dice.next() * startMsMax);
};

const freezeOnce = async ([least, most]: readonly [number, number], { node, outages, dice, burst }: FreezeOptions): Promise<Freeze> => {
  const pid = await waitFor(() => node.pid(), { timeoutMs: recoverMs, what: 'a node' });
  burst();
  await pause(dice.next() * 200);
  const harm = outages.begin('freeze');
  const from = Date.now();
  const deadline = from + guardMs;
  node.signal('SIGSTOP');
  await pause(guardMs + killMs);
  const left = (await findBrowsers(pid)).length;
  await pause(least + dice.next() * (most - least) - guardMs - killMs);
  node.signal('SIGCONT');
  outages.end(harm);
  const to = Date.now();
  // Each device says anew that it is ready; that one did not is counted by whoever reads `recoveredMs`.
  const recovered = await waitFor(() => (harm.healedAt === undefined ? undefined : true), { timeoutMs: recoverMs, what: 'all devices to be ready after a freeze' }).catch(() => undefined);
  for (const device of outages.waitingFor(harm)) console.log(`  ${device} is not back: ${outages.tellOf(device).slice(-12).join('; ')}`);
  return { from, deadline, to, left, recoveredMs: recovered === undefined ? undefined : Date.now() - to };
};

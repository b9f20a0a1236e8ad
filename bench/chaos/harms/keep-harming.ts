import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@waxos/process/poll';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import { findBrowsers, type FoundBrowser } from '../fleets/find-processes.ts';
import type { KeptNode } from '../fleets/keep-node.ts';
import { NETWORK, type Shop } from '../fleets/set-stage.ts';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import { killNow } from './kill-now.ts';
import type { HarmKind, Outages } from './open-outages.ts';

interface HarmOptions {
  gateway: ChaosGateway;
  control: ControlClient;
  node: KeptNode;
  shops: readonly Shop[];
  outages: Outages;
  dice: Dice;
  /** So many times as often as usual. */
  times: number;
}

/** Seconds between two of a kind, on the average. */
const everySeconds: Partial<Record<HarmKind, number>> = { renderer: 10, browser: 15, network: 12, link: 30, node: 75, restart: 150 };
const awayMs = { network: [500, 12_000], link: [0, 5_000] } as const;
const linkTimeoutMs = 60_000;

/** Does everything that may happen to a farm, each kind at moments of its own, until it is told to stop. */
export const keepHarming = (options: HarmOptions): { stop: () => Promise<void> } => {
  const { dice, times } = options;
  const ending = new AbortController();
  const repeat = async (kind: HarmKind, seconds: number): Promise<void> => {
    const act = acts[kind];
    while (!ending.signal.aborted) {
      // As a thing does that happens at any moment with the same likelihood; the end cuts it short, and is looked at next.
      await pause(-Math.log(1 - dice.next()) * (seconds / times) * 1_000, undefined, { signal: ending.signal }).catch(() => undefined);
      if (!ending.signal.aborted) await act?.(options);
    }
  };
  const repeating = Object.entries(everySeconds).map(([kind, seconds]) => repeat(kind as HarmKind, seconds));
  return {
    stop: async () => {
      ending.abort();
      await Promise.all(repeating);
    },
  };
};

const span = ([least, most]: readonly [number, number], dice: Dice): number => least + dice.next() * (most - least);

const pickBrowser = async ({ node, dice }: HarmOptions): Promise<FoundBrowser | undefined> => {
  const pid = node.pid();
  const found = pid === undefined ? [] : (await findBrowsers(pid)).filter(({ device }) => device !== undefined);
  return found.length === 0 ? undefined : dice.pick(found);
};

const endNode = async ({ node, outages }: HarmOptions, kind: 'node' | 'restart', signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  if (node.pid() === undefined) return;
  outages.begin(kind);
  node.signal(signal);
  await Promise.resolve();
};

const acts: Partial<Record<HarmKind, (options: HarmOptions) => Promise<void>>> = {
  renderer: async (options) => {
    const browser = await pickBrowser(options);
    if (killNow(browser?.renderers[0])) options.outages.begin('renderer', browser?.device);
  },
  browser: async (options) => {
    const browser = await pickBrowser(options);
    if (killNow(browser?.mark)) options.outages.begin('browser', browser?.device);
  },
  network: async ({ control, shops, outages, dice }) => {
    const { device, linkedAs } = dice.pick(shops);
    const [name] = linkedAs;
    if (name === undefined) return;
    const harm = outages.begin('network', device);
    await control.call('faults.set', { network: NETWORK, scope: { device: name }, faults: { networkLoss: true } });
    await pause(span(awayMs.network, dice));
    await control.call('faults.clear', { network: NETWORK, scope: { device: name } });
    outages.end(harm);
  },
  link: async ({ gateway, outages, dice }) => {
    const harm = outages.begin('link');
    const forMs = span(awayMs.link, dice);
    gateway.cut(forMs);
    await pause(forMs);
    outages.end(harm);
    await waitFor(() => (gateway.isLinked() ? true : undefined), { timeoutMs: linkTimeoutMs, what: 'the node to connect again' });
    outages.heal(harm);
  },
  node: async (options) => endNode(options, 'node', 'SIGKILL'),
  // As for an update: it is to end cleanly, in the middle of everything.
  restart: async (options) => endNode(options, 'restart', 'SIGTERM'),
};

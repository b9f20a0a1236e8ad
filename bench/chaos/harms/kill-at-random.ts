import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@waxos/process/poll';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import { findBrowsers, listOfRun, type FoundBrowser } from '../fleets/find-processes.ts';
import type { KeptNode } from '../fleets/keep-node.ts';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import { isThere, killNow } from './kill-now.ts';
import type { Outages } from './open-outages.ts';

export interface Kills {
  node: number;
  browser: number;
  renderer: number;
  /** Of the browsers that nobody used yet. */
  warm: number;
  /** What the device was about, as it had said last. */
  during: Map<string, number>;
  /** Processes that should have ended with what was killed, and were there when their time was over. */
  left: string[];
  /** How long it took until the last of them was gone. */
  goneMs: number[];
}

interface KillOptions {
  gateway: ChaosGateway;
  node: KeptNode;
  folder: string;
  outages: Outages;
  dice: Dice;
}

const goneTimeoutMs = 10_000;
const everyMsMax = 2_500;
const nodeShare = 0.2;
/** A node that has just come is killed again within so long, in its start. */
const soonMsMax = 1_500;

/** Kills so many times with -9, what comes to hand, and looks each time whether all that hung on it is gone. */
export const killAtRandom = async (times: number, options: KillOptions): Promise<Kills> => {
  const { dice } = options;
  const kills: Kills = { node: 0, browser: 0, renderer: 0, warm: 0, during: new Map(), left: [], goneMs: [] };
  for (let count = 0; count < times; ) {
    const done = dice.next() < nodeShare ? await killNode(kills, options) : await killBrowser(kills, options);
    if (done) count += 1;
    if (done && count % 20 === 0) console.log(`${count} killed, ${kills.left.length} processes left`);
    await pause(dice.next() * everyMsMax);
  }
  return kills;
};

const untilGone = async (kills: Kills, what: string, list: () => Promise<string[]>): Promise<void> => {
  const from = performance.now();
  const left = await waitFor(async () => ((await list()).length === 0 ? [] : undefined), { timeoutMs: goneTimeoutMs, what }).catch(list);
  kills.goneMs.push(performance.now() - from);
  kills.left.push(...left.map((one) => `${what}: ${one}`));
};

const killNode = async (kills: Kills, { node, folder, outages, dice }: KillOptions): Promise<boolean> => {
  const hold = node.hold();
  try {
    if (dice.next() < 0.3) await pause(dice.next() * soonMsMax);
    if (node.pid() === undefined) return false;
    outages.begin('node');
    node.signal('SIGKILL');
    kills.node += 1;
    // It is not started again before nothing of the former one is there.
    await untilGone(kills, 'after a kill of the node', async () => (await listOfRun(folder)).map(({ pid }) => String(pid)));
    return true;
  } finally {
    hold();
  }
};

const killBrowser = async (kills: Kills, { node, gateway, outages, dice }: KillOptions): Promise<boolean> => {
  const pid = node.pid();
  const found = pid === undefined ? [] : await findBrowsers(pid);
  if (found.length === 0) return false;
  const stateOf = ({ device }: FoundBrowser): string => {
    const place = device === undefined ? undefined : gateway.places.find(device);
    if (place === undefined) return 'warm';
    return place.closing ? 'closing' : place.state;
  };
  // Most are ready most of the time; what is on its way to something is rarer, and more of a risk.
  const moving = found.filter((one) => !['ready', 'warm'].includes(stateOf(one)));
  const browser = dice.pick(moving.length > 0 && dice.next() < 0.6 ? moving : found);
  const { device } = browser;
  const during = stateOf(browser);
  const [renderer] = browser.renderers;
  const target = renderer !== undefined && dice.next() < 0.5 ? renderer : browser.mark;
  const doomed = target === browser.mark ? browser.tree : [target];
  if (!killNow(target)) return false;
  const kind = target === browser.mark ? 'browser' : 'renderer';
  kills[kind] += 1;
  if (device === undefined) kills.warm += 1;
  else outages.begin(kind, device);
  kills.during.set(during, (kills.during.get(during) ?? 0) + 1);
  await untilGone(kills, `after a kill of a ${kind}`, () => Promise.resolve(doomed.filter(isThere).map((one) => String(one.pid))));
  return true;
};

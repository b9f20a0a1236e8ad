import { createRandom } from '@waxos/sandbox/network/random';
import { decide, readFarm } from '@waxos/server/farm/placement/decide';
import { usualPolicy } from '@waxos/server/farm/placement/policy';
import type { FarmNode, WantedDevice } from '@waxos/server/farm/placement/snapshot';
import { makeNodes, openCustomers } from './placements/make-farm.ts';
import { leastMovesToEven } from './placements/measure-spread.ts';
import { openPretendMachines } from './placements/pretend-machines.ts';
import { reportPhase, type Least } from './placements/report-phase.ts';
import { runFarm, type PretendFarm } from './placements/run-farm.ts';

/**
 * Decides for a pretended farm, second by second: all from nothing, a steady coming and going, nodes that die, a rack
 * that is drained, new nodes, and nothing at all. A session closes in 2 s and starts in 6; what nodes measure wavers
 * by 2 % either way. Moves are told beside the least possible: of what had to leave its node, and of what the margin
 * asked for when a phase began, by devices of mean size. `npm run bench placement -- NODES DEVICES`.
 */
const NODES = 1_000;
const DEVICES = 100_000;
const CHURN_MINUTES = 15;
const REST_MINUTES = 5;
const RACK_SHARE = 0.05;
const NEW_SHARE = 0.02;
const minute = 60_000;

export const main = async ([nodes = String(NODES), devices = String(DEVICES)]: string[] = []): Promise<void> => {
  const random = createRandom('placement');
  const customers = openCustomers(random);
  const fresh = { nodes: makeNodes(random, { from: 0, count: Number(nodes), joinedAt: -60 * minute }), devices: Array.from({ length: Number(devices) }, () => customers.next(0)) };
  const machines = openPretendMachines(random);
  const farm = runFarm(readFarm({ ...fresh, limits: [], moves: [] }), machines);
  const phases: unknown[] = [];
  const run = (phase: string, play: () => Least & { seconds: number }): void => {
    farm.beginPhase();
    phases.push(reportPhase(phase, { farm, ...play() }));
  };
  run('all from nothing', () => ({ seconds: tickUntil(farm, farm.isUp), must: 0, even: 0 }));
  run('coming and going', () => churn(farm, { next: customers.next, each: Number(devices) / 100 / 60, below: random.below }));
  run('one node lost', () => lose(farm, 1));
  run('ten nodes lost', () => lose(farm, 10));
  run('a rack drained', () => drain(farm, Math.round(Number(nodes) * RACK_SHARE)));
  run('new nodes', () => {
    for (const node of makeNodes(random, { from: Number(nodes), count: Math.round(Number(nodes) * NEW_SHARE), joinedAt: farm.now() })) farm.setNode(node);
    const even = leastToEven(farm);
    return { seconds: tickUntil(farm, evenIn(farm)), must: 0, even };
  });
  run('at rest', () => {
    for (let second = 0; second < REST_MINUTES * 60; second += 1) farm.tick();
    return { seconds: REST_MINUTES * 60, must: 0, even: 0 };
  });
  const whole = Array.from({ length: 3 }, () => timeWhole(farm)).toSorted((a, b) => a - b);
  console.log(`the whole farm read and decided at one sight: ${whole.map((ms) => ms.toFixed(0)).join(', ')} ms of the processor; sessions of one device that lived at once: ${machines.doubled()}`);
  console.log(JSON.stringify({ bench: 'placement', nodes: Number(nodes), devices: Number(devices), margin: usualPolicy.marginShare, phases, whole_cpu_ms: Math.round(whole[1] ?? 0), doubled: machines.doubled() }));
  await Promise.resolve();
};

/** A second at a time, until there is nothing to wait for. */
const tickUntil = (farm: PretendFarm, done: () => boolean): number => {
  for (let seconds = 1; seconds <= 7_200; seconds += 1) {
    farm.tick();
    if (done()) return seconds;
  }
  throw new Error('It did not come to an end within two hours of the farm.');
};

/** No move for longer than a node is kept from moving, and the new nodes are ripe. */
const evenIn = (farm: PretendFarm): (() => boolean) => {
  const begun = farm.now();
  let seen = 0;
  let quiet = 0;
  return () => {
    const made = farm.figures().moves.length;
    quiet = made === seen ? quiet + 1 : 0;
    seen = made;
    return quiet > 90 && farm.now() - begun > usualPolicy.warmingMs;
  };
};

const leastToEven = (farm: PretendFarm): number => leastMovesToEven(farm.nodes(), farm.devices(), usualPolicy.marginShare);

interface Churn {
  next: (now: number) => WantedDevice;
  /** Devices a second, either way. */
  each: number;
  below: (end: number) => number;
}

const churn = (farm: PretendFarm, { next, each, below }: Churn): Least & { seconds: number } => {
  const ids = farm.devices().map(({ id }) => id);
  const seconds = CHURN_MINUTES * 60;
  const even = leastToEven(farm);
  let changed = 0;
  for (let second = 1; second <= seconds; second += 1) {
    for (; changed < second * each; changed += 1) {
      const at = below(ids.length);
      const device = next(farm.now());
      farm.unwant(ids[at] ?? '');
      farm.want(device);
      ids[at] = device.id;
    }
    farm.tick();
  }
  return { seconds, must: 0, even };
};

const firstReady = (farm: PretendFarm, count: number): FarmNode[] => farm.nodes().filter(({ state }) => state === 'ready').slice(0, count);
const countOn = (farm: PretendFarm, nodes: readonly FarmNode[]): number => nodes.reduce((sum, { id }) => sum + farm.countOn(id), 0);

const lose = (farm: PretendFarm, count: number): Least & { seconds: number } => {
  const lost = firstReady(farm, count);
  const least = { must: countOn(farm, lost), even: leastToEven(farm) };
  for (const node of lost) farm.setNode({ ...node, state: 'lost' });
  return { seconds: tickUntil(farm, farm.isUp), ...least };
};

const drain = (farm: PretendFarm, count: number): Least & { seconds: number } => {
  const rack = firstReady(farm, count);
  const least = { must: countOn(farm, rack), even: leastToEven(farm) };
  for (const node of rack) farm.setNode({ ...node, state: 'draining' });
  return { seconds: tickUntil(farm, () => countOn(farm, rack) === 0 && farm.isUp()), ...least };
};

const timeWhole = (farm: PretendFarm): number => {
  const snapshot = { now: farm.now(), nodes: farm.nodes(), devices: farm.devices(), limits: [], moves: [] };
  const cpu = process.threadCpuUsage();
  decide(snapshot);
  const { user, system } = process.threadCpuUsage(cpu);
  return (user + system) / 1_000;
};

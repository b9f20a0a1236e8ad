import { decideNext } from '@waxos/server/farm/placement/decide';
import type { Decision, Move } from '@waxos/server/farm/placement/decision';
import type { Farm } from '@waxos/server/farm/placement/farm';
import { dropDevice, putDevice } from '@waxos/server/farm/placement/put-device';
import { putNode } from '@waxos/server/farm/placement/put-node';
import type { FarmNode, PlacedAt, WantedDevice } from '@waxos/server/farm/placement/snapshot';
import type { PretendMachines } from './pretend-machines.ts';

const tickMs = 1_000;
const closesInTicks = 2;
const startsInTicks = 6;
const heartbeatTicks = 5;

/** The farm second by second: sessions take time to close and to start, and nodes tell what they use every five seconds. */
export interface PretendFarm {
  now: () => number;
  want: (device: WantedDevice) => void;
  unwant: (id: string) => void;
  setNode: (node: FarmNode) => void;
  nodes: () => FarmNode[];
  devices: () => WantedDevice[];
  countOn: (node: string) => number;
  /** Everything that is wanted is up. */
  isUp: () => boolean;
  /** A second passes, and it is decided once. */
  tick: () => void;
  /** Since the phase began. */
  figures: () => Figures;
  beginPhase: () => void;
}

export interface Figures {
  /** By the clock, and of this thread alone. */
  decideMs: number[];
  decideCpuMs: number[];
  moves: Move[];
  /** Times that a node was seen to use more than its whole budget. */
  overBudget: number;
}

const emptyFigures = (): Figures => ({ decideMs: [], decideCpuMs: [], moves: [], overBudget: 0 });

export const runFarm = (farm: Farm, machines: PretendMachines): PretendFarm => {
  let tick = 0;
  let figures = emptyFigures();
  const clock = openTicks();
  const beat = (): void => {
    let index = 0;
    for (const { id, node } of farm.nodes.values()) {
      index += 1;
      if (node === undefined || node.state === 'lost' || index % heartbeatTicks !== tick % heartbeatTicks) continue;
      const usedBytes = machines.measure(id);
      if (usedBytes > node.budgetBytes) figures.overBudget += 1;
      putNode(farm, { ...node, usedBytes });
    }
  };
  return {
    now: () => tick * tickMs,
    want: (device) => putDevice(farm, device),
    unwant: (id) => {
      machines.close(id);
      dropDevice(farm, id);
    },
    setNode: (node) => putNode(farm, node),
    nodes: () => [...farm.nodes.values()].flatMap(({ node }) => node ?? []),
    devices: () => [...farm.devices.values()].map(({ device }) => device),
    countOn: (node) => farm.nodes.get(node)?.devices.size ?? 0,
    isUp: () => farm.displaced.size === 0 && farm.queues.size === 0 && clock.isIdle(),
    tick: () => {
      tick += 1;
      clock.reach(tick);
      beat();
      const begun = performance.now();
      const cpu = process.threadCpuUsage();
      const decision = decideNext(farm, tick * tickMs);
      const { user, system } = process.threadCpuUsage(cpu);
      figures.decideMs.push(performance.now() - begun);
      figures.decideCpuMs.push((user + system) / 1_000);
      figures.moves.push(...decision.moves);
      carryOut({ farm, machines, clock }, decision);
    },
    figures: () => figures,
    beginPhase: () => {
      figures = emptyFigures();
    },
  };
};

interface Ticks {
  after: (ticks: number, act: () => void) => void;
  reach: (tick: number) => void;
  isIdle: () => boolean;
}

const openTicks = (): Ticks => {
  const due = new Map<number, (() => void)[]>();
  let now = 0;
  return {
    after: (ticks, act) => {
      const acts = due.get(now + ticks);
      if (acts === undefined) due.set(now + ticks, [act]);
      else acts.push(act);
    },
    reach: (tick) => {
      now = tick;
      for (const act of due.get(tick) ?? []) act();
      due.delete(tick);
    },
    isIdle: () => due.size === 0,
  };
};

const carryOut = ({ farm, machines, clock }: { farm: Farm; machines: PretendMachines; clock: Ticks }, { moves, starts }: Decision): void => {
  const place = (id: string, change: (placed: PlacedAt) => PlacedAt): void => {
    const device = farm.devices.get(id)?.device;
    if (device?.placed) putDevice(farm, { ...device, placed: change(device.placed) });
  };
  for (const { device, why } of moves) {
    if (why === 'lost') machines.close(device);
    else if (machines.lives(device)) {
      clock.after(closesInTicks, () => {
        machines.close(device);
        place(device, (placed) => ({ ...placed, leaving: null }));
      });
    }
  }
  for (const { device, node } of starts) {
    machines.open({ device, node, bytes: farm.devices.get(device)?.device.expectedBytes ?? 0 });
    clock.after(startsInTicks, () => place(device, (placed) => (placed.node === node && placed.state === 'starting' ? { ...placed, state: 'running' } : placed)));
  }
};

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { decide, decideNext, readFarm } from './decide.ts';
import type { Decision, Move, Refusal } from './decision.ts';
import type { Farm } from './farm.ts';
import { usualPolicy } from './policy.ts';
import { dropDevice, putDevice } from './put-device.ts';
import { dropNode, putNode } from './put-node.ts';
import type { FarmNode, Snapshot, WantedDevice } from './snapshot.ts';
import { carryOut, committedOn, letPass } from './testing/carry-out.ts';
import { makeDevice, makeNode, makeRandomFleet, makeSnapshot, mb, minute, openDice, runningOn } from './testing/make-fleet.ts';
import { ripen } from './weigh-node.ts';

const fleets = 80;
const start = 1_000 * minute;
const { reserveShare, marginShare, pressedShare, movesPerMinute, startsAtOnce, drainsAtOnce } = usualPolicy;

const eachFleet = (check: (fleet: Snapshot, random: () => number) => void, count = fleets): void => {
  for (let seed = 1; seed <= count; seed += 1) {
    const random = openDice(seed);
    check(makeRandomFleet(random, start), random);
  }
};
const nodeOf = (fleet: Snapshot, id: string): FarmNode | undefined => fleet.nodes.find((node) => node.id === id);
const deviceOf = (fleet: Snapshot, id: string): WantedDevice => {
  const found = fleet.devices.find((device) => device.id === id);
  if (found === undefined) throw new Error(`${id} is not wanted`);
  return found;
};
const targetsOf = ({ placements, moves }: Decision): Map<string, string> => new Map([...placements.map(({ device, node }) => [device, node] as const), ...moves.map(({ device, to }) => [device, to] as const)]);
const couldRun = (node: FarmNode, { kind, labels, region }: WantedDevice): boolean =>
  node.state === 'ready' && node.protocol === usualPolicy.protocol && node.kinds.includes(kind) && (region === '' || region === node.region) && labels.every((label) => node.labels.includes(label));
const roomOn = (fleet: Snapshot, node: FarmNode): number => node.budgetBytes * (1 - reserveShare) - committedOn(fleet, node.id);
const isIdle = ({ placements, moves, starts }: Decision): boolean => placements.length + moves.length + starts.length === 0;
/** Decides and lets time pass, until nothing is left to be done. */
const settleDown = (fleet: Snapshot, stepMs: number): { settled: Snapshot; decisions: Decision[] } => {
  const decisions: Decision[] = [];
  let settled = fleet;
  for (let idle = 0; idle < 3; ) {
    const decision = decide(settled);
    decisions.push(decision);
    settled = letPass(carryOut(settled, decision), stepMs);
    idle = isIdle(decision) ? idle + 1 : 0;
    if (decisions.length > 500) throw new Error('it never comes to rest');
  }
  return { settled, decisions };
};
const important = (a: WantedDevice, b: WantedDevice): boolean => a.activeChats > b.activeChats || (a.activeChats === b.activeChats && a.lastActiveAt > b.lastActiveAt);
/** Ready nodes of which some have much and some nothing. */
const makeUneven = (random: () => number): Snapshot => {
  const nodes = Array.from({ length: 2 + Math.floor(random() * 6) }, (_, i) => makeNode(`n${i}`, { budgetBytes: (1_000 + Math.floor(random() * 3_000)) * mb, usedBytes: 0, joinedAt: start - Math.floor(random() * 30) * minute }));
  const room = nodes.map(({ budgetBytes }, i) => (i === 0 ? 1.05 : random()) * budgetBytes);
  const devices: WantedDevice[] = [];
  for (const [i, bytes] of room.entries()) {
    for (let left = bytes; left > 200 * mb; left -= devices.at(-1)?.expectedBytes ?? left) {
      devices.push(makeDevice(`d${devices.length}`, { workspace: `w${Math.floor(random() * 40)}`, expectedBytes: (60 + Math.floor(random() * 140)) * mb, activeChats: random() < 0.2 ? 1 : 0, placed: runningOn(`n${i}`) }));
    }
  }
  return letPass(makeSnapshot(nodes, devices, { now: start }), 0);
};

describe('over fleets of any kind', () => {
  test('no node is given more than its budget allows', () => {
    eachFleet((fleet) => {
      const decision = decide(fleet);
      const after = carryOut(fleet, { ...decision, starts: [] });
      for (const id of new Set(targetsOf(decision).values())) {
        const node = nodeOf(fleet, id);
        expect(committedOn(after, id)).toBeLessThanOrEqual((node?.budgetBytes ?? 0) * (1 - reserveShare));
      }
    });
  });

  test('a device is placed once at most, and only where it can run', () => {
    eachFleet((fleet) => {
      const decision = decide(fleet);
      const touched = [...decision.placements, ...decision.moves].map(({ device }) => device);
      expect(new Set(touched).size).toBe(touched.length);
      for (const [id, to] of targetsOf(decision)) {
        const device = deviceOf(fleet, id);
        const node = nodeOf(fleet, to);
        if (node === undefined) throw new Error(`${to} is no node`);
        expect(couldRun(node, device) || (device.pin === to && node.kinds.includes(device.kind) && (node.state === 'ready' || node.state === 'cordoned'))).toBe(true);
        expect(device.placed?.node).not.toBe(to);
      }
    });
  });

  test('whatever runs nowhere is placed, or it is said why not, and the reason is true', () => {
    eachFleet((fleet) => {
      const decision = decide(fleet);
      // What is moved afterwards may leave room behind it.
      const after = carryOut(fleet, { ...decision, moves: decision.moves.filter(({ why }) => why === 'lost' || why === 'refused' || why === 'drain'), starts: [] });
      const targets = targetsOf(decision);
      const told = new Map(decision.unplaced.map(({ device, why }) => [device, why]));
      for (const device of fleet.devices) {
        const home = device.placed === null ? undefined : nodeOf(fleet, device.placed.node);
        if (home !== undefined && home.state !== 'lost') continue;
        expect(targets.has(device.id)).toBe(!told.has(device.id));
        const why = told.get(device.id);
        expect(why === undefined || isTrue({ why, device, after })).toBe(true);
      }
    });
  });

  test('nothing is placed in the room that a more important device was refused', () => {
    let compared = 0;
    eachFleet((fleet) => {
      const decision = decide(fleet);
      const placed = [...decision.placements.map(({ device, node }) => ({ device, node })), ...decision.moves.flatMap(({ device, to, why }) => (why === 'lost' ? [{ device, node: to }] : []))];
      for (const { device: id, why } of decision.unplaced) {
        const refused = deviceOf(fleet, id);
        for (const one of placed) {
          const other = deviceOf(fleet, one.device);
          const node = nodeOf(fleet, one.node);
          if (why !== 'no_room' || node === undefined || !couldRun(node, refused) || !important(refused, other)) continue;
          compared += 1;
          expect(other.expectedBytes).toBeLessThan(refused.expectedBytes);
        }
      }
    });
    expect(compared).toBeGreaterThan(20);
  });

  test('all sessions of a dead node are placed where the rest has room for them', () => {
    eachFleet((_, random) => {
      const nodes = Array.from({ length: 2 + Math.floor(random() * 6) }, (__, i) => makeNode(`n${i}`, { usedBytes: 0, ...(i === 0 ? { state: 'lost' } : {}) }));
      const count = Math.floor(random() * 25 * (nodes.length - 1));
      const devices = Array.from({ length: count }, (__, i) => makeDevice(`d${i}`, { workspace: `w${Math.floor(random() * 20)}`, expectedBytes: (60 + Math.floor(random() * 80)) * mb, placed: runningOn(`n${i % nodes.length}`) }));
      const decision = decide(letPass(makeSnapshot(nodes, devices, { now: start }), 0));
      const lost = devices.filter(({ placed }) => placed?.node === 'n0').map(({ id }) => id);
      expect(decision.unplaced).toEqual([]);
      expect(decision.moves.filter(({ why }) => why === 'lost').map(({ device }) => device).toSorted()).toEqual(lost.toSorted());
    });
  });

  test('a node starts no more at once than it may, the most important first, and nothing that still closes elsewhere', () => {
    eachFleet((fleet) => {
      const decision = decide(fleet);
      const before = carryOut(fleet, { ...decision, starts: [] });
      const after = carryOut(fleet, decision);
      for (const node of fleet.nodes) {
        const started = decision.starts.filter((start) => start.node === node.id).map(({ device }) => deviceOf(after, device));
        if (started.length === 0) continue;
        expect(after.devices.filter(({ placed }) => placed?.node === node.id && placed.state === 'starting').length).toBeLessThanOrEqual(startsAtOnce);
        const order = started.toSorted((a, b) => b.activeChats - a.activeChats || b.lastActiveAt - a.lastActiveAt);
        expect(started.map(({ activeChats, lastActiveAt }) => [activeChats, lastActiveAt])).toEqual(order.map(({ activeChats, lastActiveAt }) => [activeChats, lastActiveAt]));
        const passed = before.devices.filter(({ id, placed }) => placed?.node === node.id && placed.state === 'waiting' && placed.leaving === null && !started.some((one) => one.id === id));
        const last = started.at(-1);
        expect(passed.filter((one) => last !== undefined && important(one, last))).toEqual([]);
      }
    });
  });

  test('a move for balance is made only between nodes that are far apart, and leaves them nearer', () => {
    const made = { balance: 0, pressure: 0 };
    const share = (fleet: Snapshot, id: string): number => committedOn(fleet, id) / (nodeOf(fleet, id)?.budgetBytes ?? 1);
    for (let seed = 1; seed <= fleets; seed += 1) {
      let fleet = makeUneven(openDice(seed));
      for (const step of stepsOf(fleet, decide(fleet))) {
        const [{ from, to, why }] = step;
        if (why !== 'balance' && why !== 'pressure') throw new Error(`${why} is no reason here`);
        made[why] += 1;
        const highest = share(fleet, from);
        const pressed = (nodeOf(fleet, from)?.usedBytes ?? 0) > pressedShare * (nodeOf(fleet, from)?.budgetBytes ?? 1);
        const pays = highest - share(fleet, to) >= marginShare && step.every(({ device }) => deviceOf(fleet, device).activeChats === 0);
        expect(why === 'balance' ? pays : pressed).toBe(true);
        fleet = carryOut(fleet, { placements: [], moves: step, starts: [], unplaced: [], held: [] });
        expect(share(fleet, to)).toBeLessThan(highest);
      }
    }
    expect(made.balance).toBeGreaterThan(60);
    expect(made.pressure).toBeGreaterThan(20);
  });

  test('no workspace is torn apart for balance', () => {
    for (let seed = 1; seed <= fleets; seed += 1) {
      const fleet = makeUneven(openDice(seed));
      const after = carryOut(fleet, decide(fleet));
      const moved = decide(fleet).moves.filter(({ why }) => why === 'balance');
      for (const { device, from } of moved) expect(after.devices.filter(({ workspace, placed }) => workspace === deviceOf(fleet, device).workspace && placed?.node === from)).toEqual([]);
    }
  });

  test('no node sees more moves a minute than are allowed, but for what has to go anyhow', () => {
    for (let seed = 1; seed <= fleets; seed += 1) {
      let fleet = makeUneven(openDice(seed));
      const seen = new Map<string, number>();
      for (let second = 0; second < 60; second += 6) {
        const decision = decide(fleet);
        for (const node of decision.moves.flatMap(({ from, to }) => [from, to])) seen.set(node, (seen.get(node) ?? 0) + 1);
        fleet = letPass(carryOut(fleet, decision), 6_000);
      }
      for (const count of seen.values()) expect(count).toBeLessThanOrEqual(movesPerMinute);
    }
  });

  test('every fleet comes to rest, and what is at rest is not moved however long it is looked at', () => {
    eachFleet((fleet, random) => {
      for (const one of [fleet, makeUneven(random)]) {
        let { settled } = settleDown(one, 11 * minute);
        for (let look = 0; look < 5; look += 1) {
          settled = letPass(settled, 60 * minute);
          expect(isIdle(decide(settled))).toBe(true);
        }
      }
    }, 40);
  });

  test('of a draining node the least important leaves first and alone, and it is emptied, or told what cannot go', () => {
    let left = 0;
    eachFleet((fleet) => {
      const { moves, held } = decide(fleet);
      for (const { id } of fleet.nodes.filter(({ state }) => state === 'draining')) {
        const up = fleet.devices.filter(({ placed }) => placed?.node === id && placed.state === 'running');
        const leaving = up.filter((device) => moves.some((move) => move.device === device.id && move.why === 'drain'));
        expect(leaving.length).toBeLessThanOrEqual(drainsAtOnce);
        const able = up.filter(({ id: one }) => !held.some(({ device }) => device === one) && !moves.some(({ device, why }) => device === one && why !== 'drain'));
        expect(leaving.filter((gone) => able.some((one) => important(gone, one)))).toEqual([]);
      }
      const { settled } = settleDown(fleet, 5_000);
      const last = decide(settled);
      const told = new Set([...last.held, ...last.unplaced].map(({ device }) => device));
      const stuck = settled.devices.filter(({ placed }) => placed !== null && nodeOf(settled, placed.node)?.state === 'draining');
      for (const { id } of stuck) expect(told).toContain(id);
      left += stuck.length;
    }, 25);
    expect(left).toBeGreaterThan(0);
  });

  test('the same fleet in another order, and one that was kept up to date change by change, are decided the same', () => {
    eachFleet((fleet, random) => {
      expect(decide({ ...fleet, nodes: fleet.nodes.toReversed(), devices: fleet.devices.toReversed() })).toEqual(decide(fleet));
      for (const one of [fleet, makeUneven(random)]) {
        const farm = readFarm(one);
        let truth = one;
        for (let step = 0; step < 6; step += 1) {
          const decision = decideNext(farm, truth.now);
          expect(decision).toEqual(decide(truth));
          expectSameLoads(farm, carryOut(truth, decision));
          truth = disturb(letPass(carryOut(truth, decision), Math.floor(random() * 90_000)), random);
          // Only what changed: a farm that is told everything anew would hide what it forgot.
          for (const node of truth.nodes) if (!isDeepStrictEqual(farm.nodes.get(node.id)?.node, node)) putNode(farm, node);
          for (const device of truth.devices) if (!isDeepStrictEqual(farm.devices.get(device.id)?.device, device)) putDevice(farm, device);
          for (const id of farm.devices.keys()) if (!truth.devices.some((device) => device.id === id)) dropDevice(farm, id);
          for (const id of farm.nodes.keys()) if (!truth.nodes.some((node) => node.id === id)) dropNode(farm, id);
          expectSameLoads(farm, truth);
        }
      }
    }, 15);
  });
});

/** What moves together: a workspace, from one node to another. */
const stepsOf = (fleet: Snapshot, { moves }: Decision): [Move, ...Move[]][] => {
  const steps: [Move, ...Move[]][] = [];
  for (const move of moves) {
    const last = steps.at(-1);
    const joins = last?.[0].from === move.from && last[0].to === move.to && deviceOf(fleet, last[0].device).workspace === deviceOf(fleet, move.device).workspace;
    if (joins) last.push(move);
    else steps.push([move]);
  }
  return steps;
};

/** The order in which nodes stand, and how loaded they are taken to be. */
const expectSameLoads = (farm: Farm, truth: Snapshot): void => {
  const fresh = readFarm(truth);
  for (const one of [farm, fresh]) ripen(one, truth.now);
  const loads = ({ open }: Farm): [string, number][] => open.lastFirst().map(({ id, load }) => [id, load]);
  expect(loads(farm)).toEqual(loads(fresh));
};

interface Told {
  why: Refusal;
  device: WantedDevice;
  after: Snapshot;
}
const isTrue = ({ why, device, after }: Told): boolean => {
  const able = after.nodes.filter((node) => couldRun(node, device));
  switch (why) {
    case 'no_node':
      return after.nodes.every(({ state, protocol }) => state !== 'ready' || protocol !== usualPolicy.protocol);
    case 'no_label':
      return able.length === 0;
    case 'no_room':
      return able.length > 0 && able.every((node) => roomOn(after, node) < device.expectedBytes);
    case 'over_limit':
      return device.workspace === 'w1' || device.workspace === 'w2';
  }
};

/** Devices come and go, nodes die, drain, come back. */
const disturb = (fleet: Snapshot, random: () => number): Snapshot => {
  const extra = makeRandomFleet(random, fleet.now);
  const devices = fleet.devices.filter(() => random() > 0.05).map((device) => (random() < 0.05 ? { ...device, expectedBytes: Math.round(device.expectedBytes * (0.8 + 0.5 * random())), activeChats: Math.floor(random() * 3) } : device));
  const fresh = extra.devices.slice(0, 5).map((device) => ({ ...device, id: `${device.id} of ${fleet.now}`, placed: null }));
  const nodes = fleet.nodes.filter(() => random() > 0.03).map((node) => (random() < 0.1 ? { ...node, state: extra.nodes[0]?.state ?? node.state } : node));
  return { ...fleet, nodes, devices: [...devices, ...fresh] };
};

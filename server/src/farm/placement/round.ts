import type { Decision, Move, MoveReason } from './decision.ts';
import { nodeRecordOf, type DeviceRecord, type Farm, type NodeList, type NodeRecord } from './farm.ts';
import { isLeaving, putDevice } from './put-device.ts';

/** One decision while it is made. What it decides is entered into the farm at once. */
export interface Round {
  farm: Farm;
  now: number;
  decision: Decision;
  /** The least that found no room, none for its group, and no free start, in each list: a round only fills nodes, so what failed is not tried again. */
  full: Map<NodeList, number>;
  tight: Map<NodeList, number>;
  busy: Map<NodeList, number>;
}

export const openRound = (farm: Farm, now: number): Round => ({
  farm,
  now,
  decision: { placements: [], moves: [], starts: [], unplaced: [], held: [] },
  full: new Map(),
  tight: new Map(),
  busy: new Map(),
});

/** Places what runs nowhere. */
export const settle = (round: Round, record: DeviceRecord, { to, why }: { to: NodeRecord; why: MoveReason }): void => {
  const { farm, now, decision } = round;
  const { device } = record;
  if (device.placed === null) decision.placements.push({ device: device.id, node: to.id });
  else note(round, { device: device.id, from: device.placed.node, to: to.id, why });
  const leaving = isLeaving(farm, device) ? (device.placed?.leaving ?? null) : null;
  putDevice(farm, { ...device, placed: { node: to.id, state: 'waiting', since: now, startedAt: 0, notBefore: device.placed?.notBefore ?? 0, leaving } });
};

/** Moves what is placed where it can run; what is up there is closed first. */
export const move = (round: Round, record: DeviceRecord, { to, why }: { to: NodeRecord; why: MoveReason }): void => {
  const { farm, now } = round;
  const { device } = record;
  if (device.placed === null) return;
  const from = nodeRecordOf(farm, device.placed.node);
  note(round, { device: device.id, from: from.id, to: to.id, why });
  const up = device.placed.state === 'running';
  putDevice(farm, { ...device, placed: { node: to.id, state: 'waiting', since: now, startedAt: 0, notBefore: up ? 0 : device.placed.notBefore, leaving: up ? from.id : null } });
  // What never came up takes its bytes along.
  if (!up) round.full.clear();
};

/** What a dead node had does not count against those that take it. */
const note = ({ farm, now, decision }: Round, made: Move): void => {
  decision.moves.push(made);
  if (made.why === 'lost') return;
  for (const node of [made.from, made.to]) farm.nodes.get(node)?.movedAt.push(now);
};

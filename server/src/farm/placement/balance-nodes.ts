import type { DeviceRecord, NodeRecord } from './farm.ts';
import { nodesFor } from './match-needs.ts';
import { isOnItsWay } from './move-asked.ts';
import type { NodeList } from './node-list.ts';
import { byUnimportance } from './order-devices.ts';
import { move, type Round } from './round.ts';
import { freeBytes, loadBy, mayMove, shareOf, startsAtOnce } from './weigh-node.ts';

/**
 * Evens the nodes out, slowly: only where two are so far apart that a move pays, only what rests and nobody talks
 * with, few a minute. A node over what it may use is relieved whatever it costs, of the least important first.
 */
export const balanceNodes = (round: Round): void => {
  const { farm, now } = round;
  const { marginShare, pressedShare } = farm.policy;
  for (const from of farm.open.heaviestFirst()) {
    const lightest = farm.open.find((node) => canTake(round, node));
    if (lightest === undefined || (from.load - lightest.load < marginShare && from.load <= pressedShare)) return;
    for (let more = true; more && mayMove(from, farm.policy, now); ) more = relieve(round, from);
  }
};

const canTake = ({ farm, now }: Round, node: NodeRecord): boolean => mayMove(node, farm.policy, now) && startsAtOnce(node, farm.policy, now);

interface Relief {
  record: DeviceRecord;
  to: NodeRecord;
  /** What it does to its workspace: 0 joins others, 1 leaves none behind, 2 the others can follow. */
  parting: 0 | 1 | 2;
}

const relieve = (round: Round, from: NodeRecord): boolean => {
  const pressed = shareOf(from) > round.farm.policy.pressedShare;
  const found = pressed ? findForPressure(round, from) : findForBalance(round, from);
  if (found !== undefined) move(round, found.record, { to: found.to, why: pressed ? 'pressure' : 'balance' });
  return found !== undefined;
};

const findForPressure = (round: Round, from: NodeRecord): Pick<Relief, 'record' | 'to'> | undefined => {
  const { farm } = round;
  for (const record of [...from.devices].toSorted(byUnimportance)) {
    if (isOnItsWay(round, record) || record.device.pin === from.id) continue;
    const bytes = record.device.expectedBytes;
    const to = nodesFor(farm, record.device).find((node) => node !== from && canTake(round, node) && freeBytes(node, farm.policy) >= bytes);
    if (to !== undefined && to.load + loadBy(to, bytes) < shareOf(from)) return { record, to };
  }
  return undefined;
};

/** The one that tears least apart; of those the largest, so that few have to move; of those the least important. */
const findForBalance = (round: Round, from: NodeRecord): Relief | undefined => {
  const lightest = new Map<NodeList<NodeRecord>, NodeRecord | undefined>();
  let best: Relief | undefined;
  for (const record of from.devices) {
    if (!isFree(round, record)) continue;
    const list = nodesFor(round.farm, record.device);
    if (!lightest.has(list)) lightest.set(list, list.find((node) => node !== from && canTake(round, node)));
    const to = lightest.get(list);
    const relief = to === undefined ? undefined : weighRelief(round, from, { record, to });
    if (relief !== undefined && (best === undefined || isBetter(relief, best))) best = relief;
  }
  return best;
};

/** Nobody talks with it now, and it has been here for a while. */
const isFree = (round: Round, record: DeviceRecord): boolean => {
  const { device, standing } = record;
  const { placed, activeChats, pin } = device;
  if (placed === null || standing !== 'settled' || pin !== null || activeChats > 0) return false;
  return round.now - placed.since >= round.farm.policy.restMs && !isOnItsWay(round, record);
};

const weighRelief = ({ farm }: Round, from: NodeRecord, { record, to }: Pick<Relief, 'record' | 'to'>): Relief | undefined => {
  const { expectedBytes, workspace } = record.device;
  const apart = shareOf(from) - to.load;
  if (apart < farm.policy.marginShare || freeBytes(to, farm.policy) < expectedBytes) return undefined;
  const closes = (bytes: number): number => bytes / (from.node?.budgetBytes ?? 1) + loadBy(to, bytes);
  if (apart < closes(expectedBytes)) return undefined;
  const byNode = farm.workspaces.get(workspace)?.bytesByNode;
  if (byNode?.has(to.id) === true) return { record, to, parting: 0 };
  const together = byNode?.get(from.id) ?? expectedBytes;
  if (together === expectedBytes) return { record, to, parting: 1 };
  return apart - closes(together) >= farm.policy.marginShare ? { record, to, parting: 2 } : undefined;
};

const isBetter = (a: Relief, b: Relief): boolean => {
  if (a.parting !== b.parting) return a.parting < b.parting;
  const more = a.record.device.expectedBytes - b.record.device.expectedBytes;
  return more !== 0 ? more > 0 : byUnimportance(a.record, b.record) < 0;
};

import type { DeviceRecord, NodeList, NodeRecord } from './farm.ts';
import { nodesFor } from './match-needs.ts';
import { isOnItsWay } from './move-asked.ts';
import { byImportance, byUnimportance } from './order-devices.ts';
import { move, type Round } from './round.ts';
import { freeBytes, freeMoves, isPressed, loadBy, shareOf, spareStarts } from './weigh-node.ts';

/**
 * Evens the nodes out, slowly: only where a node is far from what all have in the mean, only what rests and nobody
 * talks with, few a minute, and a workspace never torn apart. A node that uses more than it may is relieved of the least
 * important, whatever it costs.
 */
export const balanceNodes = (round: Round): void => {
  const { farm, now } = round;
  const nodes = farm.open.lastFirst();
  const scale: Scale = { mean: nodes.reduce((sum, node) => sum + shareOf(node), 0) / nodes.length, lightest: new Map() };
  for (const from of nodes) {
    // Nobody can take anything now.
    if (findLightest(round, scale, farm.open) === undefined) return;
    while (freeMoves(from, farm.policy, now) > 0 && relieve(round, scale, from)) scale.lightest.clear();
  }
};

/** What is weighed against: how much all nodes have in the mean, and who can take most, by the needs it can meet. */
interface Scale {
  mean: number;
  lightest: Map<NodeList, NodeRecord | undefined>;
}

const findLightest = (round: Round, { lightest }: Scale, list: NodeList): NodeRecord | undefined => {
  if (!lightest.has(list)) lightest.set(list, list.find((node) => canTake(round, node)));
  return lightest.get(list);
};

const relieve = (round: Round, scale: Scale, from: NodeRecord): boolean => (isPressed(from, round.farm.policy) ? relievePressed(round, from) : relieveFull(round, scale, from));

const canTake = ({ farm, now }: Round, node: NodeRecord): boolean => freeMoves(node, farm.policy, now) > 0 && spareStarts(node, farm.policy, now) > 0;

const relievePressed = (round: Round, from: NodeRecord): boolean => {
  const { farm } = round;
  for (const record of [...from.devices].toSorted(byUnimportance)) {
    if (isOnItsWay(round, record) || record.device.pin === from.id) continue;
    const bytes = record.device.expectedBytes;
    const to = nodesFor(farm, record.device).find((node) => node !== from && canTake(round, node) && freeBytes(node, farm.policy) >= bytes);
    if (to === undefined || to.load + loadBy(to, bytes) >= shareOf(from)) continue;
    move(round, record, { to, why: 'pressure' });
    return true;
  }
  return false;
};

/** What a workspace has on a node, and where it would go as a whole. */
interface Relief {
  records: DeviceRecord[];
  to: NodeRecord;
  /** To where others of its workspace are. */
  joins: boolean;
  /** Of one device in the mean: the more, the fewer have to move. */
  bytes: number;
}

const relieveFull = (round: Round, scale: Scale, from: NodeRecord): boolean => {
  const { marginShare } = round.farm.policy;
  const share = shareOf(from);
  const findTarget = (list: NodeList): NodeRecord | undefined => {
    const to = findLightest(round, scale, list);
    if (to === undefined || to === from || share - to.load < marginShare) return undefined;
    return share - scale.mean >= marginShare || scale.mean - to.load >= marginShare ? to : undefined;
  };
  // Most often nothing is far from anything, and no device need be looked at.
  if (findTarget(round.farm.open) === undefined) return false;
  let best: Relief | undefined;
  for (const records of groupFree(round, from)) {
    const [first] = records;
    const to = first === undefined ? undefined : findTarget(nodesFor(round.farm, first.device));
    const relief = to === undefined ? undefined : weighRelief(round, from, { records, to });
    if (relief !== undefined && (best === undefined || isBetter(relief, best))) best = relief;
  }
  if (best === undefined) return false;
  for (const record of best.records) move(round, record, { to: best.to, why: 'balance' });
  return true;
};

/** By workspace, where nobody talks with any of its devices now and all have been here for a while. */
const groupFree = (round: Round, from: NodeRecord): DeviceRecord[][] => {
  const groups = new Map<string, DeviceRecord[]>();
  const kept = new Set<string>();
  for (const record of from.devices) {
    const { workspace } = record.device;
    if (!isFree(round, record)) kept.add(workspace);
    const group = groups.get(workspace);
    if (group === undefined) groups.set(workspace, [record]);
    else group.push(record);
  }
  return [...groups].flatMap(([workspace, records]) => (kept.has(workspace) ? [] : [records.toSorted(byImportance)]));
};

const isFree = (round: Round, record: DeviceRecord): boolean => {
  const { device, standing } = record;
  const { placed, activeChats, pin } = device;
  if (placed === null || standing !== 'settled' || pin !== null || activeChats > 0) return false;
  return round.now - placed.since >= round.farm.policy.restMs && !isOnItsWay(round, record);
};

const weighRelief = ({ farm, now }: Round, from: NodeRecord, { records, to }: Pick<Relief, 'records' | 'to'>): Relief | undefined => {
  const bytes = records.reduce((sum, { device }) => sum + device.expectedBytes, 0);
  const moves = Math.min(freeMoves(from, farm.policy, now), freeMoves(to, farm.policy, now), spareStarts(to, farm.policy, now));
  if (records.length > moves || freeBytes(to, farm.policy) < bytes) return undefined;
  if (!records.every(({ device }) => nodesFor(farm, device) === nodesFor(farm, records[0]?.device ?? device))) return undefined;
  // Not so much that the one is then where the other was.
  const closes = bytes / (from.node?.budgetBytes ?? 1) + loadBy(to, bytes);
  if (shareOf(from) - to.load < closes) return undefined;
  const joins = records.some(({ device }) => farm.workspaces.get(device.workspace)?.bytesByNode.has(to.id) === true);
  return { records, to, joins, bytes: bytes / records.length };
};

const isBetter = (a: Relief, b: Relief): boolean => {
  if (a.joins !== b.joins) return a.joins;
  if (a.bytes !== b.bytes) return a.bytes > b.bytes;
  const [one, other] = [a.records[0], b.records[0]];
  return one !== undefined && other !== undefined && byUnimportance(one, other) < 0;
};

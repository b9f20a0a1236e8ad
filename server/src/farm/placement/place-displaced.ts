import { chooseNode } from './choose-node.ts';
import type { MoveReason, Refusal } from './decision.ts';
import type { DeviceRecord, Farm, NodeRecord } from './farm.ts';
import { isAccepted, isOpen, matches } from './match-needs.ts';
import { byImportance } from './order-devices.ts';
import { settle, type Round } from './round.ts';
import { freeBytes, weigh } from './weigh-node.ts';

/** What of a workspace is still to be placed in this round, and where room was promised to it. */
interface Group {
  bytes: number;
  promised: NodeRecord | undefined;
  promisedBytes: number;
}

/**
 * Everything that runs nowhere, the most important first. A workspace's later devices have no claim against more
 * important ones of others, only a promise: others that could go elsewhere as well do.
 */
export const placeDisplaced = (round: Round): void => {
  const { farm, decision } = round;
  const queue = [...farm.displaced].toSorted(byImportance);
  const groups = new Map<string, Group>();
  for (const { device } of queue) {
    const group = groups.get(device.workspace);
    if (group === undefined) groups.set(device.workspace, { bytes: device.expectedBytes, promised: undefined, promisedBytes: 0 });
    else group.bytes += device.expectedBytes;
  }
  for (const record of queue) {
    const { device } = record;
    const group = groups.get(device.workspace) ?? { bytes: device.expectedBytes, promised: undefined, promisedBytes: 0 };
    const to = choose(round, record, group);
    group.bytes -= device.expectedBytes;
    if (typeof to === 'string') {
      decision.unplaced.push({ device: device.id, why: to });
      promise(group, group.promised);
      if (group.promised !== undefined) weigh(group.promised);
    } else {
      promise(group, isOpen(to, farm.policy) ? to : undefined);
      settle(round, record, { to, why: reasonOf(farm, record) });
    }
  }
  for (const group of groups.values()) promise(group, undefined);
};

const choose = (round: Round, record: DeviceRecord, group: Group): NodeRecord | Refusal => {
  const { farm } = round;
  if (isOverLimit(farm, record)) return 'over_limit';
  const pinned = findPinned(farm, record);
  if (pinned !== undefined && freeBytes(pinned, farm.policy) >= record.device.expectedBytes) return pinned;
  const kept = keepPromise(farm, record, group);
  return kept ?? chooseNode(round, { record, groupBytes: group.bytes });
};

const keepPromise = (farm: Farm, { device }: DeviceRecord, { promised }: Group): NodeRecord | undefined => {
  if (promised?.node === undefined || !matches(promised.node, device)) return undefined;
  return freeBytes(promised, farm.policy) >= device.expectedBytes ? promised : undefined;
};

/** Keeps room for what is left of the group there, and no longer where it was kept before. It is weighed when something is placed there. */
const promise = (group: Group, to: NodeRecord | undefined): void => {
  const before = group.promised;
  if (before !== undefined) before.promisedBytes -= group.promisedBytes;
  group.promised = to;
  group.promisedBytes = to === undefined ? 0 : group.bytes;
  if (to !== undefined) to.promisedBytes += group.promisedBytes;
  if (before !== undefined && before !== to) weigh(before);
};

/** By hand it may go to a cordoned node, and to one that lacks a label. */
export const findPinned = (farm: Farm, { device }: DeviceRecord): NodeRecord | undefined => {
  const record = device.pin === null ? undefined : farm.nodes.get(device.pin);
  const node = record?.node;
  if (node === undefined || !isAccepted(node, farm.policy) || !node.kinds.includes(device.kind)) return undefined;
  return node.state === 'ready' || node.state === 'cordoned' ? record : undefined;
};

const isOverLimit = (farm: Farm, { device }: DeviceRecord): boolean => {
  const workspace = farm.workspaces.get(device.workspace);
  if (workspace === undefined) return false;
  const { limit, placedDevices, placedBytes } = workspace;
  return placedDevices >= (limit?.devicesMax ?? farm.policy.devicesPerWorkspaceMax) || placedBytes + device.expectedBytes > (limit?.bytesMax ?? Infinity);
};

const reasonOf = (farm: Farm, { device }: DeviceRecord): MoveReason => {
  const node = device.placed === null ? undefined : farm.nodes.get(device.placed.node)?.node;
  if (node === undefined || node.state === 'lost') return 'lost';
  return node.state === 'draining' ? 'drain' : 'refused';
};

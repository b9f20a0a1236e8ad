import { nodeRecordOf, workspaceRecordOf, type DeviceRecord, type Farm, type NodeRecord } from './farm.ts';
import { isAccepted, matches } from './match-needs.ts';
import type { PlacedAt, WantedDevice, WorkspaceLimit } from './snapshot.ts';
import { weigh } from './weigh-node.ts';

/** A device is wanted, or something of it changed: what it needs, how busy it is, where it is placed. */
export const putDevice = (farm: Farm, device: WantedDevice): void => {
  const known = farm.devices.get(device.id);
  if (known === undefined) {
    const record: DeviceRecord = { device, standing: 'displaced' };
    farm.devices.set(device.id, record);
    farm.displaced.add(record);
    link(farm, record);
    weighAll(farm, device.placed);
    return;
  }
  const before = known.device.placed;
  unlink(farm, known);
  known.device = device;
  link(farm, known);
  weighAll(farm, before);
  weighAll(farm, device.placed);
};

/** It is wanted no more, and closed. */
export const dropDevice = (farm: Farm, id: string): void => {
  const record = farm.devices.get(id);
  if (record === undefined) return;
  unlink(farm, record);
  weighAll(farm, record.device.placed);
  farm.devices.delete(id);
  farm.displaced.delete(record);
};

export const putLimit = (farm: Farm, limit: WorkspaceLimit): void => {
  workspaceRecordOf(farm, limit.workspace).limit = limit;
};

/** Whether another node still closes it. A dead one has closed everything. */
export const isLeaving = (farm: Farm, { placed }: WantedDevice): boolean => {
  if (placed === null || placed.leaving === null) return false;
  const node = farm.nodes.get(placed.leaving)?.node;
  return node !== undefined && node.state !== 'lost';
};

/** Whether it has to be placed, or moved; again whenever its node changes. */
export const judgeStanding = (farm: Farm, record: DeviceRecord): void => {
  const standing = standingOf(farm, record.device);
  const before = record.standing;
  if (standing === before) return;
  record.standing = standing;
  const { device } = record;
  const workspace = workspaceRecordOf(farm, device.workspace);
  const step = (standing === 'displaced' ? -1 : 0) - (before === 'displaced' ? -1 : 0);
  workspace.placedDevices += step;
  workspace.placedBytes += step * device.expectedBytes;
  for (const [set, name] of [[farm.displaced, 'displaced'], [farm.asked, 'asked']] as const) {
    if (standing === name) set.add(record);
    else set.delete(record);
  }
};

const standingOf = (farm: Farm, device: WantedDevice): DeviceRecord['standing'] => {
  const { placed, pin } = device;
  const node = placed === null ? undefined : farm.nodes.get(placed.node)?.node;
  if (placed === null || node === undefined || node.state === 'lost') return 'displaced';
  const taken = node.state !== 'draining' && isAccepted(node, farm.policy);
  if (placed.state === 'waiting' && !taken && !isLeaving(farm, device)) return 'displaced';
  if (pin === null) return matches(node, device) ? 'settled' : 'asked';
  return pin === placed.node ? 'settled' : 'asked';
};

const link = (farm: Farm, record: DeviceRecord): void => {
  const { device } = record;
  const { placed, expectedBytes } = device;
  const workspace = workspaceRecordOf(farm, device.workspace);
  workspace.devices += 1;
  if (placed !== null) {
    const home = nodeRecordOf(farm, placed.node);
    home.devices.add(record);
    if (placed.state === 'starting') home.starting.add(record);
    if (placed.state === 'waiting') {
      home.waiting.put(record);
      farm.queues.add(home);
    }
    addBytes(home, placed.state, expectedBytes);
    workspace.bytesByNode.set(placed.node, (workspace.bytesByNode.get(placed.node) ?? 0) + expectedBytes);
    const old = placed.leaving === null ? undefined : nodeRecordOf(farm, placed.leaving);
    old?.leaving.add(record);
    if (old !== undefined) addBytes(old, 'running', expectedBytes);
  }
  judgeStanding(farm, record);
};

/** Undoes all of `link`; a device that stands nowhere is displaced. */
const unlink = (farm: Farm, record: DeviceRecord): void => {
  const { device } = record;
  const { placed, expectedBytes } = device;
  const workspace = workspaceRecordOf(farm, device.workspace);
  if (record.standing !== 'displaced') {
    workspace.placedDevices -= 1;
    workspace.placedBytes -= expectedBytes;
    farm.asked.delete(record);
    farm.displaced.add(record);
    record.standing = 'displaced';
  }
  workspace.devices -= 1;
  if (workspace.devices === 0 && workspace.limit === undefined) farm.workspaces.delete(device.workspace);
  if (placed === null) return;
  const home = nodeRecordOf(farm, placed.node);
  home.devices.delete(record);
  home.starting.delete(record);
  if (placed.state === 'waiting') home.waiting.take(record);
  if (home.waiting.size() === 0) farm.queues.delete(home);
  addBytes(home, placed.state, -expectedBytes);
  const left = (workspace.bytesByNode.get(placed.node) ?? 0) - expectedBytes;
  if (left > 0) workspace.bytesByNode.set(placed.node, left);
  else workspace.bytesByNode.delete(placed.node);
  const old = placed.leaving === null ? undefined : nodeRecordOf(farm, placed.leaving);
  old?.leaving.delete(record);
  if (old !== undefined) addBytes(old, 'running', -expectedBytes);
  for (const one of [home, old]) if (one !== undefined) forget(farm, one);
};

const addBytes = (record: NodeRecord, state: PlacedAt['state'], bytes: number): void => {
  record.expectedBytes += bytes;
  if (state === 'waiting') record.waitingBytes += bytes;
  if (state === 'starting') record.startingBytes += bytes;
};

/** Only when all is told: most changes leave a node as heavy as it was. */
const weighAll = (farm: Farm, placed: PlacedAt | null): void => {
  for (const id of [placed?.node, placed?.leaving]) {
    const record = typeof id === 'string' ? farm.nodes.get(id) : undefined;
    if (record !== undefined) weigh(record);
  }
};

const forget = (farm: Farm, record: NodeRecord): void => {
  if (record.node === undefined && record.devices.size === 0 && record.leaving.size === 0) farm.nodes.delete(record.id);
};

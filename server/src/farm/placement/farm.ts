import { byImportance } from './order-devices.ts';
import { openOrderedList, type OrderedList } from './ordered-list.ts';
import type { Policy } from './policy.ts';
import type { FarmNode, WantedDevice, WorkspaceLimit } from './snapshot.ts';

export interface NodeRecord {
  id: string;
  /** None, where devices name a node that nobody registered: it is as good as lost. */
  node: FarmNode | undefined;
  /** What is placed here. */
  devices: Set<DeviceRecord>;
  /** The most important first. */
  waiting: OrderedList<DeviceRecord>;
  starting: Set<DeviceRecord>;
  /** What is placed elsewhere by now and still closing here. */
  leaving: Set<DeviceRecord>;
  /** Of all that is here or closing here. */
  expectedBytes: number;
  /** Of what waits, so that the node cannot have measured it. */
  waitingBytes: number;
  /** Of what is starting: perhaps measured already, perhaps not. */
  startingBytes: number;
  /** Kept for the rest of a workspace while its devices are placed one by one; only other workspaces mind it. */
  promisedBytes: number;
  /** Of its budget, as far as a new node may use it already. */
  load: number;
  /** From almost nothing to 1 over the time that a new node grows into its share. */
  ripeness: number;
  /** Times of the moves off and onto it. */
  movedAt: number[];
  lists: NodeList[];
}

export interface DeviceRecord {
  device: WantedDevice;
  /** `displaced`: it runs nowhere, and has to be placed. `asked`: it runs, and should elsewhere. */
  standing: 'settled' | 'displaced' | 'asked';
}

export interface WorkspaceRecord {
  limit: WorkspaceLimit | undefined;
  devices: number;
  /** What is placed where it can run. */
  placedDevices: number;
  placedBytes: number;
  bytesByNode: Map<string, number>;
}

/** Nodes by their load, the least first. */
export type NodeList = OrderedList<NodeRecord>;

/** The nodes that could run a device of some needs. */
export interface NeedsList {
  needs: Pick<WantedDevice, 'kind' | 'region' | 'labels'>;
  nodes: NodeList;
}

/**
 * The whole farm, kept up to date change by change, so that a decision looks only at what has to be decided. All
 * that is decided follows from what was put here, in whatever order: openings from a snapshot decide the same.
 */
export interface Farm {
  policy: Policy;
  nodes: Map<string, NodeRecord>;
  devices: Map<string, DeviceRecord>;
  workspaces: Map<string, WorkspaceRecord>;
  /** Every node that takes devices. */
  open: NodeList;
  byNeeds: Map<string, NeedsList>;
  displaced: Set<DeviceRecord>;
  asked: Set<DeviceRecord>;
  draining: Set<NodeRecord>;
  /** Nodes where something waits for its start. */
  queues: Set<NodeRecord>;
  /** Nodes that are not ripe yet. */
  young: Set<NodeRecord>;
}

export const openNodeList = (): NodeList => openOrderedList((a, b) => a.load < b.load || (a.load === b.load && a.id < b.id));

export const openFarm = (policy: Policy): Farm => ({
  policy,
  nodes: new Map(),
  devices: new Map(),
  workspaces: new Map(),
  open: openNodeList(),
  byNeeds: new Map(),
  displaced: new Set(),
  asked: new Set(),
  draining: new Set(),
  queues: new Set(),
  young: new Set(),
});

export const nodeRecordOf = (farm: Farm, id: string): NodeRecord => {
  const known = farm.nodes.get(id);
  if (known !== undefined) return known;
  const fresh: NodeRecord = { id, node: undefined, devices: new Set(), waiting: openOrderedList((a, b) => byImportance(a, b) < 0), starting: new Set(), leaving: new Set(), expectedBytes: 0, waitingBytes: 0, startingBytes: 0, promisedBytes: 0, load: 0, ripeness: 1, movedAt: [], lists: [] };
  farm.nodes.set(id, fresh);
  return fresh;
};

export const workspaceRecordOf = (farm: Farm, id: string): WorkspaceRecord => {
  const known = farm.workspaces.get(id);
  if (known !== undefined) return known;
  const fresh: WorkspaceRecord = { limit: undefined, devices: 0, placedDevices: 0, placedBytes: 0, bytesByNode: new Map() };
  farm.workspaces.set(id, fresh);
  return fresh;
};

import { openNodeList, type NodeList } from './node-list.ts';
import type { Policy } from './policy.ts';
import type { FarmNode, WantedDevice, WorkspaceLimit } from './snapshot.ts';

export interface NodeRecord {
  id: string;
  /** None, where devices name a node that nobody registered: it is as good as lost. */
  node: FarmNode | undefined;
  /** What is placed here. */
  devices: Set<DeviceRecord>;
  waiting: Set<DeviceRecord>;
  starting: Set<DeviceRecord>;
  /** What is placed elsewhere by now and still closing here. */
  leaving: Set<DeviceRecord>;
  /** Of all that is here or closing here. */
  expectedBytes: number;
  /** Of what is not up yet, so that the node cannot have measured it. */
  pendingBytes: number;
  /** Kept for the rest of a workspace while its devices are placed one by one; only other workspaces mind it. */
  promisedBytes: number;
  /** Of its budget, as far as a new node may use it already. */
  load: number;
  /** From almost nothing to 1 over the time that a new node grows into its share. */
  ripeness: number;
  /** Times of the moves off and onto it. */
  movedAt: number[];
  lists: NodeList<NodeRecord>[];
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

/** The nodes that could run a device of some needs. */
export interface NeedsList {
  needs: Pick<WantedDevice, 'kind' | 'region' | 'labels'>;
  nodes: NodeList<NodeRecord>;
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
  open: NodeList<NodeRecord>;
  byNeeds: Map<string, NeedsList>;
  displaced: Set<DeviceRecord>;
  asked: Set<DeviceRecord>;
  draining: Set<NodeRecord>;
  /** Nodes where something waits for its start. */
  queues: Set<NodeRecord>;
  /** Nodes that are not ripe yet. */
  young: Set<NodeRecord>;
}

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
  const fresh: NodeRecord = { id, node: undefined, devices: new Set(), waiting: new Set(), starting: new Set(), leaving: new Set(), expectedBytes: 0, pendingBytes: 0, promisedBytes: 0, load: 0, ripeness: 1, movedAt: [], lists: [] };
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

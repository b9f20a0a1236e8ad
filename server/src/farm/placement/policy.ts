import { DEVICES_PER_WORKSPACE_MAX } from '@waxos/contract/devices';
import { NODE_PROTOCOL } from '@waxos/contract/node-link/frames';

export interface Policy {
  protocol: number;
  refusedVersions: readonly string[];
  /** Of each budget, left for sessions that grow: the node itself opens none beyond it. */
  reserveShare: number;
  /** Above this share a node is relieved without further weighing. */
  pressedShare: number;
  /** A move for balance pays only where the two nodes are this far apart. */
  marginShare: number;
  /** Off and onto one node, but for what has to go anyhow. */
  movesPerMinute: number;
  /** A device that came is left alone so long. */
  restMs: number;
  startsAtOnce: number;
  /** A start that nobody heard of again holds its place no longer. */
  startMs: number;
  /** So many leave a draining node at once. */
  drainsAtOnce: number;
  /** Over this time a new node grows into its whole share. */
  warmingMs: number;
  devicesPerWorkspaceMax: number;
}

const minute = 60_000;

export const usualPolicy: Policy = {
  protocol: NODE_PROTOCOL,
  refusedVersions: [],
  reserveShare: 0.08,
  pressedShare: 0.97,
  marginShare: 0.15,
  movesPerMinute: 4,
  restMs: 10 * minute,
  startsAtOnce: 4,
  startMs: 2 * minute,
  drainsAtOnce: 1,
  warmingMs: 10 * minute,
  devicesPerWorkspaceMax: DEVICES_PER_WORKSPACE_MAX,
};

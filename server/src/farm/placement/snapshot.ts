import type { DeviceKind } from '@waxos/contract/devices';

/**
 * What placement knows. A device that is wanted goes through
 *
 *   nowhere ─placed→ waiting ─start granted→ starting ─it came up→ running ─moved→ waiting, leaving its old node …
 *
 * and back to waiting where a start failed. Whoever carries the decisions out tells each step; `lost` of a node is
 * said only once nothing of it can live any more.
 */
export interface FarmNode {
  id: string;
  budgetBytes: number;
  /** As it measured: all its sessions and itself. */
  usedBytes: number;
  /** A node without a sandbox of its own around Chromium takes pretend devices only. */
  kinds: readonly DeviceKind[];
  labels: readonly string[];
  /** Empty: none. */
  region: string;
  version: string;
  protocol: number;
  state: 'ready' | 'cordoned' | 'draining' | 'lost';
  joinedAt: number;
  /** Starts under way by its own account, those it made by itself included. */
  starting: number;
}

export interface PlacedAt {
  node: string;
  state: 'waiting' | 'starting' | 'running';
  /** When it was placed on this node. */
  since: number;
  /** When its start was granted. */
  startedAt: number;
  /** After a start that failed: not before this. */
  notBefore: number;
  /** The node that is still closing it: until it has, nothing is started. */
  leaving: string | null;
}

/** A device that is wanted running. */
export interface WantedDevice {
  id: string;
  workspace: string;
  kind: DeviceKind;
  /** As measured before, or what is usual. */
  expectedBytes: number;
  /** All of them a node must have. */
  labels: readonly string[];
  /** Empty: any. */
  region: string;
  /** Chats that members have before them now. */
  activeChats: number;
  lastActiveAt: number;
  /** Where an operator put it by hand. */
  pin: string | null;
  placed: PlacedAt | null;
}

export interface WorkspaceLimit {
  workspace: string;
  devicesMax: number;
  bytesMax: number;
}

/** A move of the last minute. */
export interface RecentMove {
  from: string;
  to: string;
  at: number;
}

export interface Snapshot {
  now: number;
  nodes: readonly FarmNode[];
  devices: readonly WantedDevice[];
  limits: readonly WorkspaceLimit[];
  moves: readonly RecentMove[];
}

import type { FarmNode, WantedDevice } from '@waxos/server/farm/placement/snapshot';

export interface Spread {
  p50: number;
  p95: number;
  max: number;
  /** Coefficient of variation. */
  cv: number;
}

/** Of a sorted list. */
export const quantile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const bytesByNode = (devices: readonly WantedDevice[]): Map<string, number> => {
  const bytes = new Map<string, number>();
  for (const { placed, expectedBytes } of devices) if (placed !== null) bytes.set(placed.node, (bytes.get(placed.node) ?? 0) + expectedBytes);
  return bytes;
};

const sharesOf = (nodes: readonly FarmNode[], devices: readonly WantedDevice[]): { node: FarmNode; share: number }[] => {
  const bytes = bytesByNode(devices);
  return nodes.filter(({ state }) => state === 'ready').map((node) => ({ node, share: (bytes.get(node.id) ?? 0) / node.budgetBytes }));
};

/** How much of the budgets of the ready nodes is taken. */
export const measureSpread = (nodes: readonly FarmNode[], devices: readonly WantedDevice[]): Spread => {
  const shares = sharesOf(nodes, devices).map(({ share }) => share).toSorted((a, b) => a - b);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
  return { p50: quantile(shares, 0.5), p95: quantile(shares, 0.95), max: shares.at(-1) ?? 0, cv: Math.sqrt(variance) / mean };
};

/** Of the workspaces with several devices, those that are on one node. */
export const measureTogether = (devices: readonly WantedDevice[]): number => {
  const nodes = new Map<string, Set<string>>();
  const sizes = new Map<string, number>();
  for (const { workspace, placed } of devices) {
    if (placed === null) continue;
    nodes.set(workspace, (nodes.get(workspace) ?? new Set()).add(placed.node));
    sizes.set(workspace, (sizes.get(workspace) ?? 0) + 1);
  }
  const several = [...sizes].filter(([, size]) => size > 1);
  return several.filter(([workspace]) => nodes.get(workspace)?.size === 1).length / several.length;
};

/**
 * The fewest moves, of devices of mean size, after which no node is further from the mean than the margin: what those above
 * have too much, or what those below have too little, whichever is more.
 */
export const leastMovesToEven = (nodes: readonly FarmNode[], devices: readonly WantedDevice[], margin: number): number => {
  const shares = sharesOf(nodes, devices);
  const mean = shares.reduce((sum, { share }) => sum + share, 0) / shares.length;
  const each = devices.reduce((sum, { expectedBytes }) => sum + expectedBytes, 0) / devices.length;
  const above = shares.reduce((sum, { node, share }) => sum + Math.max(0, share - mean - margin) * node.budgetBytes, 0);
  const below = shares.reduce((sum, { node, share }) => sum + Math.max(0, mean - margin - share) * node.budgetBytes, 0);
  return Math.ceil(Math.max(above, below) / each);
};

import { NODE_PROTOCOL } from '@waxos/contract/node-link/frames';
import type { FarmNode, WantedDevice } from '@waxos/server/farm/placement/snapshot';
import type { Random } from '@waxos/sandbox/network/random';

const mb = 1_024 * 1_024;
const gb = 1_024 * mb;
const regions = ['asia', 'eu', 'us'] as const;
const budgets = [12 * gb, 16 * gb, 24 * gb] as const;
/** Of all nodes, those with the label that a few workspaces ask for. */
const labelled = 0.1;

/** Machines of three sizes in three regions. */
export const makeNodes = (random: Random, range: { from: number; count: number; joinedAt: number }): FarmNode[] =>
  Array.from({ length: range.count }, (_, i) => ({
    id: `node-${String(range.from + i).padStart(5, '0')}`,
    budgetBytes: budgets[random.below(budgets.length)] ?? budgets[0],
    usedBytes: 60 * mb,
    kinds: ['whatsapp', 'sandbox'],
    labels: random.chance(labelled) ? ['dedicated'] : [],
    region: regions[(range.from + i) % regions.length] ?? 'eu',
    version: '1.0.0',
    protocol: NODE_PROTOCOL,
    state: 'ready',
    joinedAt: range.joinedAt,
    starting: 0,
  }));

export interface Customers {
  next: (now: number) => WantedDevice;
}

/**
 * Devices as workspaces bring them: seven of ten workspaces have one, two have 2–5, the rest up to 100. A fifth of the
 * workspaces wants its region, a few ask for the label; one device in ten has a chat before a member.
 */
export const openCustomers = (random: Random): Customers => {
  let workspaces = 0;
  let devices = 0;
  let current = { id: '', left: 0, region: '', labels: [] as string[] };
  const size = (): number => {
    const of = random.below(100);
    if (of < 70) return 1;
    if (of < 90) return 2 + random.below(4);
    return of < 98 ? 6 + random.below(15) : 21 + random.below(80);
  };
  return {
    next: (now) => {
      if (current.left === 0) current = { id: `workspace-${(workspaces += 1)}`, left: size(), region: random.chance(0.2) ? (regions[random.below(regions.length)] ?? '') : '', labels: random.chance(0.03) ? ['dedicated'] : [] };
      current.left -= 1;
      devices += 1;
      return {
        id: `device-${String(devices).padStart(7, '0')}`,
        workspace: current.id,
        kind: 'whatsapp',
        expectedBytes: (60 + random.below(60) + random.below(50) + (random.chance(0.05) ? 100 : 0)) * mb,
        labels: current.labels,
        region: current.region,
        activeChats: random.chance(0.1) ? 1 + random.below(5) : 0,
        lastActiveAt: now - random.below(30 * 24 * 3_600_000),
        pin: null,
        placed: null,
      };
    },
  };
};

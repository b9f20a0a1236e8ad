import type { Random } from '@waxos/sandbox/network/random';

const ownBytes = 60 * 1_024 * 1_024;

/** Where sessions really live, whatever was decided. */
export interface PretendMachines {
  open: (session: { device: string; node: string; bytes: number }) => void;
  close: (device: string) => void;
  lives: (device: string) => boolean;
  /** As a node would measure it: wavering by 2 % about what it is. */
  measure: (node: string) => number;
  /** Sessions that were opened while another of the same device still lived. */
  doubled: () => number;
}

export const openPretendMachines = (random: Random): PretendMachines => {
  const sessions = new Map<string, { node: string; bytes: number }>();
  const used = new Map<string, number>();
  let doubled = 0;
  const grow = (node: string, bytes: number): void => void used.set(node, (used.get(node) ?? 0) + bytes);
  return {
    open: ({ device, node, bytes }) => {
      if (sessions.has(device)) doubled += 1;
      sessions.set(device, { node, bytes });
      grow(node, bytes);
    },
    close: (device) => {
      const session = sessions.get(device);
      if (session === undefined) return;
      sessions.delete(device);
      grow(session.node, -session.bytes);
    },
    lives: (device) => sessions.has(device),
    measure: (node) => Math.round(((used.get(node) ?? 0) + ownBytes) * (0.98 + random.below(1_000) / 25_000)),
    doubled: () => doubled,
  };
};

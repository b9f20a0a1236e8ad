import type { LeaseRenewal } from '@waxos/contract/node-link/frames';

/**
 * Until when the node may run each device. A lease comes with each command and is renewed by heartbeats; what is not
 * renewed in time ends here, whether or not the gateway can be reached, since another node may begin then.
 */
export interface Leases {
  take: (lease: LeaseRenewal) => void;
  /** 0 where there is none of this epoch. */
  untilOf: (device: string, epoch: number) => number;
  isGood: (device: string, epoch: number) => boolean;
  end: (device: string) => void;
  close: () => void;
}

interface LeasesOptions {
  now: () => number;
  expired: (device: string, epoch: number) => void;
  lookMs?: number;
}

export const holdLeases = ({ now, expired, lookMs = 250 }: LeasesOptions): Leases => {
  const leases = new Map<string, { epoch: number; until: number }>();
  const untilOf = (device: string, epoch: number): number => {
    const lease = leases.get(device);
    return lease?.epoch === epoch ? lease.until : 0;
  };
  const look = (): void => {
    for (const [device, { epoch, until }] of leases) {
      if (until > now()) continue;
      leases.delete(device);
      expired(device, epoch);
    }
  };
  const timer = setInterval(look, lookMs);
  return {
    take: ({ device, epoch, until }) => {
      const before = leases.get(device);
      // Answers overtake each other: a lease is never shortened, nor given back to an older epoch.
      if (before !== undefined && (before.epoch > epoch || (before.epoch === epoch && before.until >= until))) return;
      leases.set(device, { epoch, until });
    },
    untilOf,
    isGood: (device, epoch) => untilOf(device, epoch) > now(),
    end: (device) => void leases.delete(device),
    close: () => clearInterval(timer),
  };
};

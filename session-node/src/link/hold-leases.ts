import type { LeaseRenewal } from '@waxos/contract/node-link/frames';

/**
 * Until when the node may run each device. A lease comes with each command and is renewed by heartbeats; what is not
 * renewed in time ends here, whether or not the gateway can be reached, since another node may begin then.
 *
 *   good ──some seconds before its end──▶ ending: closed cleanly, while there is time ──its end──▶ over: killed
 *   good ──the clock jumped──▶ in doubt: nothing is begun ──renewed──▶ good, or as above
 *
 * All times are the node's own.
 */
export interface Leases {
  take: (lease: LeaseRenewal) => void;
  /** 0 where there is none of this epoch, or it is in doubt. */
  untilOf: (device: string, epoch: number) => number;
  isGood: (device: string, epoch: number) => boolean;
  /** It is not over, but not known to be good either. */
  isDoubted: (device: string, epoch: number) => boolean;
  end: (device: string) => void;
  /** The clock jumped by so much: what it says of each lease is not believed until it is renewed. */
  doubt: (jumpedByMs: number) => void;
  close: () => void;
}

interface LeasesOptions {
  now: () => number;
  /** It ends soon, and is to be closed by then. */
  ending: (device: string, epoch: number) => void;
  /** What is left of it goes now. */
  expired: (device: string, epoch: number) => void;
  lookMs?: number;
}

interface Lease {
  epoch: number;
  until: number;
  /** How long before its end it is given up. */
  leadMs: number;
  doubted: boolean;
  ending: boolean;
}

/** A browser takes so long at most to write down what it holds; of a short lease it gets a third. */
const leadMsMax = 10_000;
const leadOf = (lengthMs: number): number => Math.min(leadMsMax, Math.max(0, lengthMs) / 3);
/** The same lease, as it comes with a command, reckoned once more between two clocks. */
const toldAgainMs = 1_000;

export const holdLeases = ({ now, ending, expired, lookMs = 250 }: LeasesOptions): Leases => {
  const leases = new Map<string, Lease>();
  const untilOf = (device: string, epoch: number): number => {
    const lease = leases.get(device);
    return lease?.epoch === epoch && !lease.doubted ? lease.until : 0;
  };
  const look = (): void => {
    for (const [device, lease] of leases) {
      const leftMs = lease.until - now();
      if (leftMs <= lease.leadMs && !lease.ending) {
        lease.ending = true;
        ending(device, lease.epoch);
      }
      if (leftMs > 0) continue;
      leases.delete(device);
      expired(device, lease.epoch);
    }
  };
  const timer = setInterval(look, lookMs);
  return {
    take: ({ device, epoch, until }) => {
      const before = leases.get(device);
      // Answers overtake each other: a lease is never shortened, nor given back to an older epoch.
      if (before !== undefined && (before.epoch > epoch || (before.epoch === epoch && before.until >= until && !before.doubted))) return;
      // What is being closed already ends, though its time is longer now.
      const same = before?.epoch === epoch ? before : undefined;
      const isToldAgain = same !== undefined && until - same.until < toldAgainMs;
      leases.set(device, { epoch, until, leadMs: isToldAgain ? same.leadMs : leadOf(until - now()), doubted: false, ending: same?.ending ?? false });
    },
    untilOf,
    isGood: (device, epoch) => untilOf(device, epoch) > now(),
    isDoubted: (device, epoch) => leases.get(device)?.epoch === epoch && leases.get(device)?.doubted === true,
    end: (device) => void leases.delete(device),
    doubt: (jumpedByMs) => {
      // Set back, it would let each lease last longer than it does; gone on, it says how long the machine may have slept.
      for (const lease of leases.values()) Object.assign(lease, { doubted: true, until: lease.until + Math.min(0, jumpedByMs) });
    },
    close: () => clearInterval(timer),
  };
};

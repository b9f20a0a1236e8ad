import type { EventFrame } from '@waxos/contract/node-link/frames';

/** Who may tell of a device: from the lease, never as a node says. */
export interface TellingLease {
  workspaceId: string;
  deviceId: string;
  epoch: number;
}

/**
 * Puts what a device told into rows, one transaction a batch, called serially for a device. `through` is what is
 * committed; refused where the epoch is not the device's any more. Throws where the database could not take it just
 * now: the same batch comes again.
 */
export type Ingest = (lease: TellingLease, frames: readonly EventFrame[]) => Promise<{ through: number } | 'refused'>;

import type { DeviceKind } from '@waxos/contract/devices';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { Tx } from '../../db/tenant.ts';

/** The device that tells, as it is when its batch begins. */
export interface TellingDevice {
  id: string;
  kind: DeviceKind;
  phone: string | null;
  lid: string | null;
}

/** One thing told, in the transaction that takes it. */
export interface Told<E extends SessionEvent = SessionEvent> {
  tx: Tx;
  device: TellingDevice;
  event: E;
  /** When the node heard it, by the node's clock. */
  at: Date;
  /** Takes one more thing that was told: what had to wait for this one. */
  take: (told: Told) => Promise<void>;
}

export type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

import type { SessionEvent } from '@waxos/contract/node-link/events';

/** What the link needs of a device's outbox. It asks again from where the acknowledgements stand, after every break. */
export interface EventSource {
  device: string;
  /** Of the lease under which its events are told; every number below is of this epoch. */
  epoch: number;
  /** The next ones behind a number, oldest first; none when there are none yet. */
  read: (afterSeq: number, limit: number) => Promise<NumberedEvent[]> | NumberedEvent[];
  /** The gateway has everything through this number. */
  forget: (throughSeq: number) => Promise<void> | void;
}

export interface NumberedEvent {
  seq: number;
  at: number;
  event: SessionEvent;
}

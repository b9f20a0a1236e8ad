import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { EventSource, NumberedEvent } from '../link/event-source.ts';

/** An outbox in memory. */
export interface MemorySource extends EventSource {
  add: (event: SessionEvent) => number;
  /** What is not acknowledged. */
  kept: () => NumberedEvent[];
  /** How many were ever given out, repeats counted. */
  given: () => number;
}

export const openMemorySource = (device: string, epoch = 1): MemorySource => {
  let events: NumberedEvent[] = [];
  let last = 0;
  let given = 0;
  return {
    device,
    epoch,
    read: async (afterSeq, limit) => {
      const found = events.filter(({ seq }) => seq > afterSeq).slice(0, limit);
      given += found.length;
      // As from a disk: not in the same turn.
      await Promise.resolve();
      return found;
    },
    forget: (throughSeq) => {
      events = events.filter(({ seq }) => seq > throughSeq);
    },
    add: (event) => {
      last += 1;
      events.push({ seq: last, at: Date.now(), event });
      return last;
    },
    kept: () => events,
    given: () => given,
  };
};

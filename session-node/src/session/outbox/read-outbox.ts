import { z } from 'zod';
import type { SessionEvent } from '@waxos/contract/node-link/events';

export interface Entry {
  seq: number;
  at: number;
  event: SessionEvent;
  /** As it stands in the file. */
  line: string;
  bytes: number;
}

// What was told is told, also after an update of the node that would say it otherwise.
const eventSchema = z.custom<SessionEvent>((value) => typeof value === 'object' && value !== null && 'type' in value);
const seq = z.number().int().positive();
const lineSchema = z.union([
  z.object({ epoch: z.number().int().positive(), next: seq }),
  z.object({ seq, at: z.number(), event: eventSchema }),
  z.object({ forgotten: z.number().int().nonnegative() }),
]);

export const formatHead = (epoch: number, next: number): string => JSON.stringify({ epoch, next });
export const formatForgotten = (throughSeq: number): string => JSON.stringify({ forgotten: throughSeq });
export const formatEntry = (one: Pick<Entry, 'seq' | 'at' | 'event'>): Entry => {
  const line = JSON.stringify({ seq: one.seq, at: one.at, event: one.event });
  return { ...one, line, bytes: Buffer.byteLength(line) + 10 };
};

/** What a session was, it tells anew; everything else of an older epoch is still to be told. */
const passing: readonly SessionEvent['type'][] = ['session.changed', 'session.qr', 'session.code'];

interface Found {
  entries: Entry[];
  next: number;
  /** The file is to be written anew, with these. */
  renew: boolean;
}

/** What the lines of an outbox say. Events of an older epoch, which a gateway would refuse, get numbers of this one. */
export const readOutbox = (lines: readonly string[], epoch: number): Found => {
  let written: number | undefined;
  let next = 1;
  let forgotten = 0;
  let entries: Entry[] = [];
  for (const line of lines) {
    const parsed = lineSchema.parse(JSON.parse(line));
    if ('epoch' in parsed) {
      written = parsed.epoch;
      next = parsed.next;
    } else if ('forgotten' in parsed) forgotten = parsed.forgotten;
    else {
      entries.push(formatEntry(parsed));
      next = Math.max(next, parsed.seq + 1);
    }
  }
  entries = entries.filter((entry) => entry.seq > forgotten);
  if (written === epoch) return { entries, next: Math.max(next, forgotten + 1), renew: false };
  if (written !== undefined && written > epoch) throw new Error(`the outbox is of epoch ${written}, which is newer than ${epoch}`);
  const renumbered = entries.filter(({ event }) => !passing.includes(event.type)).map((entry, index) => formatEntry({ seq: index + 1, at: entry.at, event: entry.event }));
  return { entries: renumbered, next: renumbered.length + 1, renew: true };
};

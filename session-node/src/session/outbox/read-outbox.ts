import { z } from 'zod';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { TakeLine } from '../files/parse-lines.ts';
import type { Place } from './index-entries.ts';

export interface Entry {
  seq: number;
  at: number;
  event: SessionEvent;
}

// What was told is told, also after an update of the node that would say it otherwise.
const eventSchema = z.custom<SessionEvent>((value) => typeof value === 'object' && value !== null && 'type' in value);
const seq = z.number().int().positive();
const entrySchema = z.object({ seq, at: z.number(), event: eventSchema });
const lineSchema = z.union([z.object({ epoch: z.number().int().positive(), next: seq }), entrySchema, z.object({ forgotten: z.number().int().nonnegative() })]);

export const formatHead = (epoch: number, next: number): string => JSON.stringify({ epoch, next });
export const formatForgotten = (throughSeq: number): string => JSON.stringify({ forgotten: throughSeq });
export const formatEntry = (one: Entry): string => JSON.stringify({ seq: one.seq, at: one.at, event: one.event });
export const parseEntry = (text: string): Entry => entrySchema.parse(JSON.parse(text));

/** What a session was, it tells anew; everything else of an older epoch is still to be told. */
const passing: readonly SessionEvent['type'][] = ['session.changed', 'session.qr', 'session.code'];

export interface Found {
  epoch: number | undefined;
  next: number;
  /** In the order of their numbers, those of `passing` marked. */
  places: (Place & { seq: number; passing: boolean })[];
}

/** What the lines of an outbox say, told one after another; of the entries only where they are. */
export const findEntries = (): { take: TakeLine; found: () => Found } => {
  let epoch: number | undefined;
  let next = 1;
  let forgotten = 0;
  let places: Found['places'] = [];
  return {
    take: (text, { at, bytes }) => {
      const parsed = lineSchema.parse(JSON.parse(text));
      if ('epoch' in parsed) ({ epoch, next } = parsed);
      else if ('forgotten' in parsed) ({ forgotten } = parsed);
      else {
        places.push({ seq: parsed.seq, at, bytes, toldAt: parsed.at, passing: passing.includes(parsed.event.type) });
        next = Math.max(next, parsed.seq + 1);
      }
    },
    found: () => {
      places = places.filter((place) => place.seq > forgotten);
      if (places.some((place, index) => index > 0 && place.seq !== (places[index - 1]?.seq ?? 0) + 1)) throw new Error('the numbers of the outbox do not follow one another');
      return { epoch, next: Math.max(next, forgotten + 1), places };
    },
  };
};

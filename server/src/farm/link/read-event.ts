import { eventFrameSchema, type EventFrame } from '@waxos/contract/node-link/frames';
import { z } from 'zod';

/** What came as an event: one to ingest, one that nobody understands but whose number is known, or nothing at all. */
export type ReadEvent = { kind: 'frame'; frame: EventFrame } | { kind: 'malformed'; place: Numbered; type: string; reason: string; event: unknown } | { kind: 'unreadable' };

export interface Numbered {
  device: string;
  epoch: number;
  seq: number;
}

const envelopeSchema = z.object({ device: z.uuid(), epoch: z.number().int().positive(), seq: z.number().int().positive(), event: z.unknown() });
const typeSchema = z.object({ type: z.string().max(64) });
const REASON_LENGTH_MAX = 500;
const DEPTH_MAX = 30;

export const readEvent = (raw: unknown): ReadEvent => {
  const cleaned = cleanTexts(raw);
  const read = eventFrameSchema.safeParse(cleaned);
  if (read.success) return { kind: 'frame', frame: { ...read.data, device: read.data.device.toLowerCase() } };
  const envelope = envelopeSchema.safeParse(cleaned);
  if (!envelope.success) return { kind: 'unreadable' };
  const { device, epoch, seq, event } = envelope.data;
  // Where and what, never the value: it may be somebody's words.
  const reason = read.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; ').slice(0, REASON_LENGTH_MAX);
  return { kind: 'malformed', place: { device: device.toLowerCase(), epoch, seq }, type: typeSchema.safeParse(event).data?.type ?? 'unknown', reason, event: event ?? null };
};

/** PostgreSQL takes neither NUL nor half a character in a text, and people's phones send both. */
const cleanTexts = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH_MAX) return null;
  if (Array.isArray(value)) return value.map((one) => cleanTexts(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [cleanText(key), cleanTexts(one, depth + 1)]));
};

const cleanText = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole;
};

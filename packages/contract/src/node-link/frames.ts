import { z } from 'zod';
import { sessionCommandSchema } from './commands.ts';
import { sessionEventSchema } from './events.ts';

/**
 * The one connection of a session node to a gateway.
 *
 * The node says `hello`, and is welcomed or refused by name; then it sends `events` in frames, each with the
 * numbers of its device and epoch, and forgets what is acknowledged. It never emits while it is disconnected, and
 * after a break goes on where the acknowledgements stopped: numbers that were seen already are passed over.
 * Commands come with an id and a deadline; the node acknowledges that it has one, and does each id once.
 */
export const NODE_PROTOCOL = 1;
/** A frame larger than this is not sent: the event becomes one that says so. */
export const FRAME_BYTES_MAX = 256 * 1_024;
/** So many events may be on the way without an acknowledgement. */
export const EVENT_WINDOW = 64;

export const helloSchema = z.object({
  node: z.string().min(1).max(100),
  protocol: z.number().int(),
  version: z.string().max(50),
  memoryBudgetBytes: z.number().int().positive(),
  /** The devices it runs, with the epoch of each: what it does not name it does not run. */
  running: z.array(z.object({ device: z.uuid(), epoch: z.number().int().positive() })).max(10_000),
});
export type Hello = z.infer<typeof helloSchema>;

export const welcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), /** What the gateway has of each device. */ have: z.array(z.object({ device: z.uuid(), epoch: z.number().int(), seq: z.number().int() })) }),
  z.object({ ok: z.literal(false), why: z.enum(['protocol', 'token', 'replaced']), text: z.string() }),
]);
export type Welcome = z.infer<typeof welcomeSchema>;

export const eventFrameSchema = z.object({ device: z.uuid(), epoch: z.number().int().positive(), seq: z.number().int().positive(), at: z.number(), event: sessionEventSchema });
export type EventFrame = z.infer<typeof eventFrameSchema>;

export const commandFrameSchema = z.object({ id: z.string().min(1).max(100), device: z.uuid(), epoch: z.number().int().positive(), leaseUntil: z.number(), deadline: z.number(), command: sessionCommandSchema });
export type CommandFrame = z.infer<typeof commandFrameSchema>;

export const heartbeatSchema = z.object({
  at: z.number(),
  memoryBytes: z.number(),
  budgetBytes: z.number(),
  cpuShare: z.number(),
  loopDelayMs: z.number(),
  sessions: z.record(z.string(), z.number().int()),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

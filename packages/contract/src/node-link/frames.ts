import { z } from 'zod';
import { DEVICE_KINDS } from '../devices.ts';
import { sessionCommandSchema } from './commands.ts';
import { glimpseSchema, sessionEventSchema } from './events.ts';

/**
 * The one connection of a session node to a gateway.
 *
 * The node says `hello`, and is welcomed or refused by name; then it sends `events` in frames, each with the
 * numbers of its device and epoch, and forgets what is acknowledged. It never emits while it is disconnected, and
 * after a break goes on where the acknowledgements stopped: numbers that were seen already are passed over.
 * Commands come with an id and a deadline; the node acknowledges that it has one, and does each id once.
 *
 *   node → gateway   `hello` answered by a Welcome · `event` · `glimpse` · `heartbeat` answered by a HeartbeatAnswer
 *   gateway → node   `acked` · `refused` · `command` answered by a CommandAnswer
 *
 * The token comes with the handshake (`auth.token`), and as `authorization: Bearer` with media.
 */
export const NODE_PROTOCOL = 1;
/** A frame larger than this is not sent: the event becomes one that says so. */
export const FRAME_BYTES_MAX = 256 * 1_024;
/** So many events may be on the way without an acknowledgement. */
export const EVENT_WINDOW = 64;

/** The devices a node runs, with the epoch of each: one that is not named any more has stopped, and has told everything. */
const runningSchema = z.array(z.object({ device: z.uuid(), epoch: z.number().int().positive() })).max(10_000);
export type Running = z.infer<typeof runningSchema>;

export const helloSchema = z.object({
  node: z.string().min(1).max(100),
  protocol: z.number().int(),
  /** Where it is: another one cannot say what the browsers of the one before do. */
  instance: z.string().min(1).max(100),
  version: z.string().max(50),
  memoryBudgetBytes: z.number().int().positive(),
  running: runningSchema,
});
export type Hello = z.infer<typeof helloSchema>;

export const welcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), /** The gateway's clock, in milliseconds: leases and deadlines are told in it. */ now: z.number(), /** What the gateway has of each device. */ have: z.array(z.object({ device: z.uuid(), epoch: z.number().int(), seq: z.number().int() })) }),
  z.object({ ok: z.literal(false), why: z.enum(['protocol', 'token', 'replaced']), text: z.string() }),
]);
export type Welcome = z.infer<typeof welcomeSchema>;

export const eventFrameSchema = z.object({ device: z.uuid(), epoch: z.number().int().positive(), seq: z.number().int().positive(), at: z.number(), event: sessionEventSchema });
/** Of a moment only: it has no number, and is dropped wherever it would have to wait. */
export const glimpseFrameSchema = z.object({ device: z.uuid(), epoch: z.number().int().positive(), at: z.number(), glimpse: glimpseSchema });
export type GlimpseFrame = z.infer<typeof glimpseFrameSchema>;
export type EventFrame = z.infer<typeof eventFrameSchema>;

/** Committed: everything of this device and epoch through this number. Said in this order only, and once a batch. */
export const ackedSchema = z.object({ device: z.uuid(), epoch: z.number().int().positive(), seq: z.number().int().nonnegative() });
export type Acked = z.infer<typeof ackedSchema>;

/** Another epoch holds the device: nothing of this one is taken any more, and it is to end. */
export const refusedSchema = z.object({ device: z.uuid(), epoch: z.number().int().positive() });

export const commandFrameSchema = z.object({ id: z.string().min(1).max(100), device: z.uuid(), epoch: z.number().int().positive(), leaseUntil: z.number(), deadline: z.number(), command: sessionCommandSchema });
export type CommandFrame = z.infer<typeof commandFrameSchema>;

/** Whether the node has the command; what comes of it is told by events. */
export const commandAnswerSchema = z.discriminatedUnion('taken', [
  z.object({ taken: z.literal(true) }),
  z.object({ taken: z.literal(false), why: z.enum(['invalid', 'late', 'lease', 'epoch', 'not_running', 'draining', 'failed']) }),
]);
export type CommandAnswer = z.infer<typeof commandAnswerSchema>;

export const heartbeatSchema = z.object({
  at: z.number(),
  memoryBytes: z.number(),
  budgetBytes: z.number(),
  cpuShare: z.number(),
  loopDelayMs: z.number(),
  /** How many are in which state. */
  sessions: z.record(z.string(), z.number().int()),
  running: runningSchema,
  /** Of the profiles in use, on the disk. */
  profileBytes: z.number().optional(),
  /** Told and not acknowledged, and how old the oldest of it is. */
  waiting: z.object({ events: z.number().int(), bytes: z.number(), oldestMs: z.number() }).optional(),
  /** How often sessions were restarted since the node began, by reason. */
  restarts: z.record(z.string(), z.number().int()).optional(),
  /** Builds of WhatsApp's page, and what the node knows of them. */
  builds: z.array(z.object({ kind: z.enum(DEVICE_KINDS), build: z.string().max(64), standing: z.enum(['pinned', 'on_trial', 'held_back']) })).max(100).optional(),
  each: z.array(z.object({ device: z.uuid(), memoryBytes: z.number(), profileBytes: z.number().optional() })).max(10_000).optional(),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** Leases as they are renewed: a device that is not named keeps the one it has. */
export const heartbeatAnswerSchema = z.object({ /** The gateway's clock when it answered. */ now: z.number(), leases: z.array(z.object({ device: z.uuid(), epoch: z.number().int().positive(), until: z.number() })).max(10_000) });
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;
export type LeaseRenewal = z.infer<typeof heartbeatAnswerSchema>['leases'][number];

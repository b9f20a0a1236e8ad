import { z } from 'zod';
import { DEVICE_STATES, SESSION_REASONS } from '../devices.ts';
import { ackSchema, messageSchema } from './contents.ts';
import { chatSchema, groupSchema, messageKeySchema, personSchema } from './identities.ts';
import { uploadSchema } from './uploads.ts';

const seconds = z.number().int().nonnegative();
const text = z.string().max(65_536);
const words = z.string().max(4_096);

export const sessionReasonSchema = z.enum(SESSION_REASONS);
export type SessionReason = z.infer<typeof sessionReasonSchema>;

/** What came of a command to send. Nothing is ever sent again without knowing. */
export const sendOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('sent'), id: z.string(), at: seconds }),
  z.object({ outcome: z.literal('checking'), id: z.string() }),
  z.object({ outcome: z.literal('uncertain'), id: z.string() }),
  z.object({ outcome: z.literal('failed'), reason: z.enum(['not_ready', 'no_chat', 'refused', 'media_missing', 'too_late', 'capped']) }),
]);
export type SendOutcome = z.infer<typeof sendOutcomeSchema>;

const memberSchema = z.object({ person: personSchema, role: z.enum(['member', 'admin', 'owner']) });

/** What tells of a moment only: sent while there is a connection, kept by nobody, and never acknowledged. */
export const glimpseSchema = z.object({
  type: z.literal('chat.presence'),
  chat: chatSchema,
  by: personSchema,
  state: z.enum(['typing', 'recording', 'paused', 'online', 'offline']),
  /** When they were last online, in seconds, where they let it be known. */
  lastSeen: seconds.optional(),
});
export type Glimpse = z.infer<typeof glimpseSchema>;

/** What a session tells. All of it is kept by the node until the gateway has it. */
export const sessionEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session.changed'), state: z.enum(DEVICE_STATES), reason: sessionReasonSchema.optional(), progress: z.number().int().min(0).max(100).optional() }),
  z.object({ type: z.literal('session.qr'), qr: z.string().max(2_000), expiresAt: z.number() }),
  z.object({ type: z.literal('session.code'), code: z.string().max(16), expiresAt: z.number() }),
  z.object({ type: z.literal('session.linked'), me: personSchema, pushName: z.string(), platform: z.string() }),
  z.object({ type: z.literal('message.seen'), message: messageSchema, source: z.enum(['live', 'catch_up', 'history']) }),
  z.object({ type: z.literal('message.acked'), key: messageKeySchema, ack: ackSchema }),
  z.object({ type: z.literal('message.reacted'), key: messageKeySchema, by: personSchema, emoji: z.string().max(64), at: seconds }),
  z.object({ type: z.literal('message.voted'), key: messageKeySchema, by: personSchema, options: z.array(z.number().int().nonnegative()).max(64), at: seconds }),
  z.object({ type: z.literal('message.hidden'), key: messageKeySchema }),
  z.object({ type: z.literal('chat.changed'), chat: chatSchema, name: z.string().optional(), unread: z.number().int().optional(), archived: z.boolean().optional() }),
  z.object({ type: z.literal('call.noticed'), from: personSchema, id: z.string(), video: z.boolean(), group: z.boolean() }),
  /** Messages of this time may be missing, and the phone does not supply them. */
  z.object({ type: z.literal('gap.found'), chat: chatSchema.optional(), from: seconds, to: seconds }),
  /** Something was too large for a frame; where it was a message, that comes without its content. */
  z.object({ type: z.literal('event.oversized'), of: z.string().max(64), bytes: z.number().int().positive() }),
  z.object({ type: z.literal('send.ended'), command: z.string(), result: sendOutcomeSchema }),
  z.object({ type: z.literal('group.changed'), group: groupSchema, subject: words.optional(), description: text.optional(), onlyAdminsSend: z.boolean().optional(), onlyAdminsEdit: z.boolean().optional(), /** All of them, where it is there. */ members: z.array(memberSchema).max(2_048).optional() }),
  z.object({ type: z.literal('person.changed'), person: personSchema, name: words.optional(), pushName: words.optional(), business: z.boolean().optional() }),
  /** It has another picture, or none any more. */
  z.object({ type: z.literal('picture.changed'), chat: chatSchema, has: z.boolean() }),
  z.object({ type: z.literal('upload.ended'), upload: uploadSchema, outcome: z.enum(['stored', 'gone', 'too_large', 'later']) }),
]);
export type SessionEvent = z.infer<typeof sessionEventSchema>;

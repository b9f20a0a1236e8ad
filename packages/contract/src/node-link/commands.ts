import { z } from 'zod';
import { DEVICE_KINDS } from '../devices.ts';
import { chatSchema, groupSchema, messageKeySchema, personSchema } from './identities.ts';

const text = z.string().max(65_536);

/** Bytes that the node fetches from the gateway before it sends them. */
const outgoingMedia = z.object({ url: z.string().max(2_048), mimetype: z.string().max(200), bytes: z.number().int().nonnegative(), filename: z.string().max(255).optional() });

export const outgoingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text }),
  z.object({ kind: z.literal('media'), as: z.enum(['image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker']), media: outgoingMedia, caption: text.optional(), viewOnce: z.boolean().optional() }),
  z.object({ kind: z.literal('location'), latitude: z.number(), longitude: z.number(), name: z.string().max(1_024).optional(), address: z.string().max(1_024).optional() }),
  z.object({ kind: z.literal('contact'), vcard: z.string().max(100_000) }),
  z.object({ kind: z.literal('poll'), question: z.string().max(255), options: z.array(z.string().max(100)).min(2).max(12), several: z.boolean() }),
]);
export type Outgoing = z.infer<typeof outgoingSchema>;

export const sessionSettingsSchema = z.object({
  kind: z.enum(DEVICE_KINDS),
  browser: z.enum(['headless_shell', 'chromium']),
  economy: z.boolean(),
  /** Off in tests: no delays and no typing shown before a send. */
  paced: z.boolean(),
  /** So many messages in an hour, and in a day, where it is paced; less soon after linking, and to strangers. */
  caps: z.object({ hour: z.number().int().positive(), day: z.number().int().positive() }).optional(),
  historyDays: z.number().int().min(0).max(3_650),
});
export type SessionSettings = z.infer<typeof sessionSettingsSchema>;

/** What the gateway asks of a session. Each is answered by events; the same id twice is one command. */
export const sessionCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session.start'),
    settings: sessionSettingsSchema,
    pairWith: z.string().regex(/^\d{7,15}$/).optional(),
    /** Whoever held the profile before is known to be dead, though the node may not see it. */
    ownerDead: z.boolean().optional(),
  }),
  z.object({ type: z.literal('session.stop') }),
  z.object({ type: z.literal('session.log_out') }),
  z.object({ type: z.literal('session.refresh_qr') }),
  z.object({ type: z.literal('message.send'), chat: chatSchema, /** WhatsApp's id, made beforehand. */ messageId: z.string().regex(/^3EB0[0-9A-F]{18}$/), content: outgoingSchema, quoted: messageKeySchema.optional(), mentions: z.array(personSchema).max(1_024).optional() }),
  /** Looks for a message whose sending ended without an answer. */
  z.object({ type: z.literal('message.check'), chat: chatSchema, messageId: z.string() }),
  z.object({ type: z.literal('message.edit'), key: messageKeySchema, text }),
  z.object({ type: z.literal('message.revoke'), key: messageKeySchema }),
  z.object({ type: z.literal('message.react'), key: messageKeySchema, emoji: z.string().max(64) }),
  z.object({ type: z.literal('chat.read'), chat: chatSchema }),
  z.object({ type: z.literal('chat.typing'), chat: chatSchema, state: z.enum(['typing', 'recording', 'paused']) }),
  /** Its typing and presence are told for some minutes: an agent has it open. */
  z.object({ type: z.literal('chat.watch'), chat: chatSchema }),
  /** Who is in it and how it is set up, told as `group.changed`. */
  z.object({ type: z.literal('group.fetch'), group: groupSchema }),
  /** Bytes follow over HTTP; what came of it is told as `upload.ended`. */
  z.object({ type: z.literal('media.fetch'), key: messageKeySchema }),
  z.object({ type: z.literal('picture.fetch'), chat: chatSchema }),
  z.object({ type: z.literal('screenshot.take') }),
  z.object({ type: z.literal('call.reject'), id: z.string().max(128), from: personSchema }),
]);
export type SessionCommand = z.infer<typeof sessionCommandSchema>;

import { z } from 'zod';
import { messageKeySchema, personSchema } from './identities.ts';

const seconds = z.number().int().nonnegative();
const text = z.string().max(65_536);
const words = z.string().max(4_096);

/** What is known of a file before its bytes are there; they follow over HTTP under the message's key. */
export const mediaSchema = z.object({
  mimetype: z.string().max(200),
  bytes: z.number().int().nonnegative().optional(),
  filename: z.string().max(1_024).optional(),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  seconds: z.number().nonnegative().optional(),
  waveform: z.array(z.number().int().min(0).max(100)).max(64).optional(),
  /** A tiny JPEG, base64. */
  preview: z.string().max(60_000).optional(),
});
export type Media = z.infer<typeof mediaSchema>;

const withMedia = { media: mediaSchema, caption: text.optional(), viewOnce: z.boolean().optional() };

/** What a message says. What we do not know by name comes as `unsupported`, with WhatsApp's word for it. */
export const contentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text }),
  z.object({ kind: z.literal('image'), ...withMedia }),
  z.object({ kind: z.literal('video'), ...withMedia, gif: z.boolean().optional() }),
  z.object({ kind: z.literal('audio'), media: mediaSchema }),
  z.object({ kind: z.literal('voice'), media: mediaSchema, viewOnce: z.boolean().optional() }),
  z.object({ kind: z.literal('document'), media: mediaSchema, caption: text.optional() }),
  z.object({ kind: z.literal('sticker'), media: mediaSchema }),
  z.object({ kind: z.literal('album'), images: z.number().int().nonnegative(), videos: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('location'), latitude: z.number(), longitude: z.number(), name: words.optional(), address: words.optional(), url: words.optional() }),
  z.object({ kind: z.literal('contacts'), cards: z.array(z.object({ name: words, vcard: z.string().max(100_000) })).max(257) }),
  z.object({ kind: z.literal('poll'), question: words, options: z.array(words).max(64), several: z.boolean() }),
  z.object({ kind: z.literal('event'), name: words, description: words.optional(), startAt: seconds, endAt: seconds.optional(), place: words.optional(), cancelled: z.boolean().optional() }),
  z.object({ kind: z.literal('invite'), group: words, groupName: words, expiresAt: seconds }),
  z.object({ kind: z.literal('call'), outcome: z.string().max(64), video: z.boolean() }),
  /** Something happened in the group, or to its members. */
  z.object({ kind: z.literal('group_notice'), what: z.string().max(64), people: z.array(personSchema).max(2_048), value: words.optional() }),
  z.object({ kind: z.literal('number_changed'), before: personSchema, after: personSchema }),
  /** It could not be decrypted yet; the phone may still send the rest. */
  z.object({ kind: z.literal('undecrypted') }),
  z.object({ kind: z.literal('revoked') }),
  z.object({ kind: z.literal('unsupported'), type: z.string().max(64) }),
]);
export type Content = z.infer<typeof contentSchema>;

/** -1 failed, 0 waits, 1 with the server, 2 delivered, 3 read, 4 played. */
export const ackSchema = z.union([z.literal(-1), z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Ack = z.infer<typeof ackSchema>;

/** A message as the session sees it now. The same key again is the same message, perhaps changed. */
export const messageSchema = z.object({
  key: messageKeySchema,
  /** Seconds, as WhatsApp counts, and the page's own order within and across them. */
  at: seconds,
  order: z.number().optional(),
  content: contentSchema,
  ack: ackSchema,
  pushName: z.string().max(200).optional(),
  quoted: z.object({ id: z.string().max(128), author: personSchema.optional(), content: contentSchema.optional() }).optional(),
  mentions: z.array(personSchema).max(1_024).optional(),
  forwarded: z.number().int().positive().optional(),
  disappearsAfter: seconds.optional(),
  editedAt: seconds.optional(),
  starred: z.boolean().optional(),
  album: z.string().max(128).optional(),
  /** All that it has, where it was read back; what comes live is told as events. */
  reactions: z.array(z.object({ by: personSchema, emoji: z.string().max(64), at: seconds })).max(1_024).optional(),
  votes: z.array(z.object({ by: personSchema, options: z.array(z.number().int().nonnegative()).max(64), at: seconds })).max(1_024).optional(),
});
export type Message = z.infer<typeof messageSchema>;

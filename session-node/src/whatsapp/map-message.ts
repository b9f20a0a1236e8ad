import { messageSchema, type Content, type Message } from '@waxos/contract/node-link/contents';
import { messageKeySchema, personSchema } from '@waxos/contract/node-link/identities';
import { z } from 'zod';
import { mapContent, saidSchema } from './map-content.ts';

const millis = z.coerce.number().nonnegative().catch(0);

/** A message as the page's reader gives it. What is not as it should be is left out rather than refused. */
const rawMessageSchema = z.object({
  key: messageKeySchema,
  at: z.number(),
  order: z.number().optional().catch(undefined),
  ack: z.number().catch(0),
  said: saidSchema,
  pushName: z.string().optional().catch(undefined),
  quoted: z.object({ id: z.string(), author: personSchema.optional().catch(undefined), said: saidSchema.optional().catch(undefined) }).optional().catch(undefined),
  mentions: z.array(personSchema).catch([]),
  forwarded: z.number().optional().catch(undefined),
  disappearsAfter: z.number().optional().catch(undefined),
  editedAtMs: z.number().optional().catch(undefined),
  starred: z.boolean().optional().catch(undefined),
  album: z.string().optional().catch(undefined),
  reactions: z.array(z.object({ by: personSchema, emoji: z.string(), atMs: millis })).optional().catch(undefined),
  votes: z.array(z.object({ by: personSchema, options: z.array(z.number()), atMs: millis })).optional().catch(undefined),
});
type Raw = z.infer<typeof rawMessageSchema>;

/** One that does not fit the contract is told as unsupported, so that it never hides those after it. */
export const mapMessage = (given: unknown): Message | undefined => {
  const raw = rawMessageSchema.safeParse(given).data;
  if (raw === undefined) return undefined;
  const made = messageSchema.safeParse(compose(raw, mapContent(raw.said)));
  if (made.success) return made.data;
  return messageSchema.safeParse(compose({ ...raw, quoted: undefined, pushName: undefined }, { kind: 'unsupported', type: raw.said.type.slice(0, 64) })).data;
};

const compose = (raw: Raw, content: Content): Message => ({
  key: raw.key,
  at: Math.floor(raw.at),
  ...(raw.order === undefined ? {} : { order: raw.order }),
  content,
  ack: ackOf(raw.ack),
  ...(raw.pushName === undefined ? {} : { pushName: raw.pushName.slice(0, 200) }),
  ...(raw.quoted === undefined ? {} : { quoted: quotedOf(raw.quoted) }),
  ...(raw.mentions.length === 0 ? {} : { mentions: raw.mentions }),
  ...(raw.forwarded === undefined ? {} : { forwarded: Math.max(1, Math.floor(raw.forwarded)) }),
  ...(raw.disappearsAfter === undefined || raw.disappearsAfter <= 0 ? {} : { disappearsAfter: raw.disappearsAfter }),
  ...(raw.editedAtMs === undefined ? {} : { editedAt: Math.floor(raw.editedAtMs / 1_000) }),
  ...(raw.starred === undefined ? {} : { starred: raw.starred }),
  ...(raw.album === undefined ? {} : { album: raw.album }),
  ...(raw.reactions === undefined ? {} : { reactions: raw.reactions.map(({ by, emoji, atMs }) => ({ by, emoji, at: Math.floor(atMs / 1_000) })) }),
  ...(raw.votes === undefined ? {} : { votes: raw.votes.map(({ by, options, atMs }) => ({ by, options, at: Math.floor(atMs / 1_000) })) }),
});

const quotedOf = ({ id, author, said }: NonNullable<Raw['quoted']>): NonNullable<Message['quoted']> => ({
  id,
  ...(author === undefined ? {} : { author }),
  ...(said === undefined ? {} : { content: mapContent(said) }),
});

/** WhatsApp has failures below -1 too, and states above 'played' that say no more. */
export const ackOf = (ack: number): Message['ack'] => {
  const whole = Math.max(-1, Math.min(4, Math.floor(ack)));
  return ([-1, 0, 1, 2, 3, 4] as const).find((one) => one === whole) ?? 0;
};

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

/** What there is at the least of a message: enough to know that it is there. */
const namedSchema = z.object({ key: messageKeySchema, at: z.number().nonnegative().finite().catch(0), ack: z.number().catch(0), said: z.object({ type: z.string() }).catch({ type: '' }) });

export interface MappedMessage {
  message: Message;
  /** False where not all of it could be read: then it is told as unsupported, and never hides those after it. */
  isWhole: boolean;
}

export const mapMessage = (given: unknown): MappedMessage | undefined => {
  const raw = rawMessageSchema.safeParse(given).data;
  const isPartial = z.object({ isPartial: z.literal(true) }).safeParse(given).success;
  if (raw !== undefined && !isPartial) {
    const made = messageSchema.safeParse(compose(raw, mapContent(raw.said))).data;
    if (made !== undefined) return { message: made, isWhole: true };
    const lesser = messageSchema.safeParse(compose({ ...raw, quoted: undefined, pushName: undefined }, { kind: 'unsupported', type: raw.said.type.slice(0, 64) })).data;
    if (lesser !== undefined) return { message: lesser, isWhole: false };
  }
  const named = namedSchema.safeParse(given).data;
  if (named === undefined) return undefined;
  const { key, at, ack, said } = named;
  return { message: { key, at: Math.floor(at), ack: ackOf(ack), content: { kind: 'unsupported', type: said.type.slice(0, 64) } }, isWhole: false };
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

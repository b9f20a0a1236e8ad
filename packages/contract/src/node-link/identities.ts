import { z } from 'zod';

/** Digits of a phone number, or of a LID: the number that stays when the phone number changes. */
const digits = z.string().regex(/^\d{5,20}$/);

/** A person as WhatsApp knows them: by phone number, by LID, or by both. What is not known is absent, never guessed. */
export const personSchema = z.object({ phone: digits.optional(), lid: digits.optional() }).refine(({ phone, lid }) => phone !== undefined || lid !== undefined);
export type Person = z.infer<typeof personSchema>;

/** A group's number at WhatsApp. */
export const groupSchema = z.string().regex(/^\d{5,20}(-\d+)?$/);

export const chatSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), person: personSchema }),
  z.object({ kind: z.literal('group'), group: groupSchema }),
]);
export type Chat = z.infer<typeof chatSchema>;

/** One message, whichever of a person's addresses it came under. */
export const messageKeySchema = z.object({ chat: chatSchema, fromMe: z.boolean(), author: personSchema.optional(), id: z.string().min(1).max(128) });
export type MessageKey = z.infer<typeof messageKeySchema>;

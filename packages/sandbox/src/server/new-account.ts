import { z } from 'zod';
import { phoneNumber } from '../acts/addresses.ts';
import type { NewAccount } from '../network/network.ts';

const text = z.string().max(500);

/** An account as someone asks for it; a number is made up where none is given. */
export const newAccount = z
  .object({
    phone: phoneNumber,
    name: z.string().trim().min(1).max(100),
    about: text,
    business: z.object({ description: text, category: text, website: z.array(text).max(2).optional(), email: text.optional(), address: text.optional() }).strict(),
    platform: z.enum(['android', 'iphone']),
    addressing: z.enum(['phone', 'lid']),
    hidesPhone: z.boolean(),
    groupInvites: z.enum(['everyone', 'nobody']),
    lid: z.string().regex(/^\d{5,20}$/, 'a LID is 5 to 20 digits'),
  })
  .partial()
  .required({ name: true })
  .strict();

type AskedAccount = z.infer<typeof newAccount>;

/** Numbers of 555 are nobody's: they are kept for stories. */
const MADE_UP = '1555';

export const completeAccount = (asked: AskedAccount, taken: ReadonlySet<string>, digits: (count: number) => string): NewAccount => {
  let phone = asked.phone ?? `${MADE_UP}${digits(7)}`;
  while (asked.phone === undefined && taken.has(phone)) phone = `${MADE_UP}${digits(7)}`;
  return withoutUndefined({ ...asked, phone });
};

/** What zod read as absent is left out, not set to undefined. */
const withoutUndefined = (account: AskedAccount & { phone: string }): NewAccount => Object.fromEntries(Object.entries(account).filter(([, value]) => value !== undefined)) as unknown as NewAccount;

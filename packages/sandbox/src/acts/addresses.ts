import { z } from 'zod';

/**
 * Addresses as WhatsApp Web writes them. A person has two: by phone number (`@c.us`) and by LID (`@lid`), the
 * number that stays when the phone number changes. Which of them a chat goes by is the network's decision, so
 * every act takes either.
 */
export const personAddress = z.string().regex(/^\d{5,20}@(c\.us|lid)$/, 'an address of a person is digits and @c.us or @lid');
export const groupAddress = z.string().regex(/^\d{5,20}(-\d+)?@g\.us$/, 'an address of a group is digits and @g.us');
export const chatAddress = z.union([personAddress, groupAddress]);
export const phoneNumber = z.string().regex(/^[1-9]\d{6,14}$/, 'a phone number is 7 to 15 digits with its country code');

export type Jid = string;

export const statusAddress = 'status@broadcast';

/** A stanza id, made by whoever sends. */
export const messageId = z.string().regex(/^[0-9A-Z]{8,40}$/, 'a message id is 8 to 40 capital letters and digits');

import type { identities } from '../../db/schema/identities.ts';

/** Whom WhatsApp knows, by whatever numbers. */
export type Identity = Pick<typeof identities.$inferSelect, 'id' | 'contactId' | 'kind' | 'phone' | 'lid' | 'groupNumber' | 'createdAt'>;

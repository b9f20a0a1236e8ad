import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const recoveryCodes = pgTable('recovery_codes', {
  id: uuid().primaryKey(),
  accountId: uuid('account_id').notNull(),
  codeMac: text('code_mac').notNull(),
  usedAt: timestamp('used_at', { withTimezone: true }),
});

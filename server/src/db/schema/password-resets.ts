import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';

export const passwordResets = pgTable('password_resets', {
  id: uuid().primaryKey(),
  accountId: uuid('account_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  usedAt: timestamp('used_at', { withTimezone: true }),
});

import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';

export const gateways = pgTable('gateways', {
  id: uuid().primaryKey(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
});

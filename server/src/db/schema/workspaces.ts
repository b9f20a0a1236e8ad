import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Locale } from '@waxos/contract/fields';

export const workspaces = pgTable('workspaces', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  locale: text().$type<Locale>().notNull().default('en'),
  timeZone: text('time_zone').notNull().default('UTC'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});

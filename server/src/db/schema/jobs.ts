import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const jobs = pgTable('jobs', {
  workspaceId: uuid('workspace_id'),
  id: uuid().notNull(),
  name: text().notNull(),
  key: text().notNull(),
  payload: jsonb().$type<unknown>().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
  attempts: integer().notNull().default(0),
  claimedUntil: timestamp('claimed_until', { withTimezone: true }),
  finishedAt: timestamp('finished_at', { withTimezone: true }),
  failedAt: timestamp('failed_at', { withTimezone: true }),
  lastError: text('last_error'),
});

import { bigint, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Heartbeat } from '@waxos/contract/node-link/frames';

export const nodes = pgTable('nodes', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  tokenHash: text('token_hash').notNull(),
  previousTokenHash: text('previous_token_hash'),
  tokenRotatedAt: timestamp('token_rotated_at', { withTimezone: true }).notNull(),
  mode: text().$type<'ready' | 'cordoned' | 'draining'>().notNull().default('ready'),
  region: text().notNull().default(''),
  labels: text().array().notNull().default([]),
  version: text(),
  protocol: integer(),
  instance: text(),
  memoryBudgetBytes: bigint('memory_budget_bytes', { mode: 'number' }),
  load: jsonb().$type<Omit<Heartbeat, 'running'>>(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  joinedAt: timestamp('joined_at', { withTimezone: true }),
  seenAt: timestamp('seen_at', { withTimezone: true }),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
});

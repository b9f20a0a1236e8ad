import { bigint, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';

export const gaps = pgTable(
  'gaps',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    deviceId: uuid('device_id').notNull(),
    conversationId: uuid('conversation_id'),
    fromAt: bigint('from_at', { mode: 'number' }).notNull(),
    toAt: bigint('to_at', { mode: 'number' }).notNull(),
    foundAt: timestamp('found_at', { withTimezone: true }).notNull(),
    closedAt: timestamp('closed_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ name: 'gaps_pkey', columns: [table.workspaceId, table.id] })],
);

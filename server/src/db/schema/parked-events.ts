import { bigint, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const parkedEvents = pgTable(
  'parked_events',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    deviceId: uuid('device_id').notNull(),
    epoch: bigint({ mode: 'number' }).notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    type: text().notNull(),
    reason: text().notNull(),
    event: jsonb().$type<unknown>().notNull(),
    parkedAt: timestamp('parked_at', { withTimezone: true }).notNull(),
    takenUpAt: timestamp('taken_up_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ name: 'parked_events_pkey', columns: [table.workspaceId, table.id] })],
);

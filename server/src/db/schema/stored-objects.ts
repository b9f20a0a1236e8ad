import { bigint, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const storedObjects = pgTable(
  'stored_objects',
  {
    workspaceId: uuid('workspace_id').notNull(),
    hash: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    mimetype: text().notNull(),
    storedAt: timestamp('stored_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'stored_objects_pkey', columns: [table.workspaceId, table.hash] })],
);

import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const identityMerges = pgTable(
  'identity_merges',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    keptId: uuid('kept_id').notNull(),
    mergedId: uuid('merged_id').notNull(),
    keptPhone: text('kept_phone'),
    keptLid: text('kept_lid'),
    why: text().notNull(),
    mergedAt: timestamp('merged_at', { withTimezone: true }).notNull(),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ name: 'identity_merges_pkey', columns: [table.workspaceId, table.id] })],
);

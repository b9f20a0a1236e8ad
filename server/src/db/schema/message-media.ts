import { integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const messageMedia = pgTable(
  'message_media',
  {
    workspaceId: uuid('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    state: text().$type<'wanted' | 'later' | 'stored' | 'gone' | 'too_large'>().notNull(),
    hash: text(),
    tries: integer().notNull().default(0),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'message_media_pkey', columns: [table.workspaceId, table.messageId] })],
);

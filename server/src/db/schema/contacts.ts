import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Chat } from '@waxos/contract/node-link/identities';

export const contacts = pgTable(
  'contacts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    kind: text().$type<Chat['kind']>().notNull(),
    name: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'contacts_pkey', columns: [table.workspaceId, table.id] })],
);

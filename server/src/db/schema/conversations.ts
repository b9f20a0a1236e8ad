import { bigint, boolean, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const conversations = pgTable(
  'conversations',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    deviceId: uuid('device_id').notNull(),
    identityId: uuid('identity_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    status: text().$type<'open' | 'pending' | 'snoozed' | 'resolved'>().notNull().default('open'),
    lastMessageAt: bigint('last_message_at', { mode: 'number' }),
    lastMessageId: uuid('last_message_id'),
    lastInboundAt: bigint('last_inbound_at', { mode: 'number' }),
    unread: integer().notNull().default(0),
    archived: boolean().notNull().default(false),
    mergedInto: uuid('merged_into'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'conversations_pkey', columns: [table.workspaceId, table.id] })],
);

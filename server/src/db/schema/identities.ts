import { boolean, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Chat } from '@waxos/contract/node-link/identities';

export const identities = pgTable(
  'identities',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    contactId: uuid('contact_id').notNull(),
    kind: text().$type<Chat['kind']>().notNull(),
    phone: text(),
    lid: text(),
    groupNumber: text('group_number'),
    pushName: text('push_name'),
    phoneName: text('phone_name'),
    isBusiness: boolean('is_business').notNull().default(false),
    pictureHash: text('picture_hash'),
    mergedInto: uuid('merged_into'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'identities_pkey', columns: [table.workspaceId, table.id] })],
);

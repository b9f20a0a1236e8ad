import { boolean, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { SessionEvent } from '@waxos/contract/node-link/events';

export const earlyFacts = pgTable(
  'early_facts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    stanzaId: text('stanza_id').notNull(),
    fromMe: boolean('from_me').notNull(),
    event: jsonb().$type<SessionEvent>().notNull(),
    toldAt: timestamp('told_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'early_facts_pkey', columns: [table.workspaceId, table.id] })],
);

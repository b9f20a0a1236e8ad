import { bigint, boolean, doublePrecision, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Ack, Content, Message } from '@waxos/contract/node-link/contents';
import type { Person } from '@waxos/contract/node-link/identities';

export const messages = pgTable(
  'messages',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    firstConversationId: uuid('first_conversation_id').notNull(),
    fromMe: boolean('from_me').notNull(),
    authorId: uuid('author_id'),
    firstAuthorId: uuid('first_author_id'),
    stanzaId: text('stanza_id').notNull(),
    clientId: uuid('client_id'),
    sentByKind: text('sent_by_kind').$type<'member' | 'api_key' | 'system' | 'phone'>(),
    sentById: uuid('sent_by_id'),
    sentByName: text('sent_by_name'),
    at: bigint({ mode: 'number' }).notNull(),
    position: doublePrecision().notNull().default(0),
    kind: text().$type<Content['kind']>().notNull(),
    content: jsonb().$type<Content>().notNull(),
    quoted: jsonb().$type<NonNullable<Message['quoted']>>(),
    mentions: jsonb().$type<Person[]>(),
    forwarded: integer(),
    ack: smallint().$type<Ack>().notNull(),
    sending: text().$type<'held' | 'queued' | 'given' | 'checking' | 'uncertain' | 'sent' | 'failed' | 'cancelled'>(),
    failure: text(),
    editedAt: bigint('edited_at', { mode: 'number' }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    hiddenAt: timestamp('hidden_at', { withTimezone: true }),
    disappearsAfter: bigint('disappears_after', { mode: 'number' }),
    source: text().$type<'live' | 'catch_up' | 'history' | 'ours'>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'messages_pkey', columns: [table.workspaceId, table.id] })],
);

import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import type { SendOutcome } from '@waxos/contract/node-link/events';

export const deviceCommands = pgTable(
  'device_commands',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    deviceId: uuid('device_id').notNull(),
    conversationId: uuid('conversation_id'),
    messageId: uuid('message_id'),
    command: jsonb().$type<SessionCommand>().notNull(),
    state: text().$type<'waiting' | 'given' | 'checking' | 'uncertain' | 'done' | 'cancelled'>().notNull().default('waiting'),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    deadline: timestamp('deadline', { withTimezone: true }),
    tries: integer().notNull().default(0),
    retryAt: timestamp('retry_at', { withTimezone: true }),
    givenEpoch: bigint('given_epoch', { mode: 'number' }),
    givenAt: timestamp('given_at', { withTimezone: true }),
    checkedEpoch: bigint('checked_epoch', { mode: 'number' }),
    outcome: jsonb().$type<SendOutcome>(),
    objectHash: text('object_hash'),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'device_commands_pkey', columns: [table.workspaceId, table.id] })],
);

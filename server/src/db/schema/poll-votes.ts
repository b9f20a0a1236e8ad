import { bigint, integer, pgTable, uuid } from 'drizzle-orm/pg-core';

export const pollVotes = pgTable('poll_votes', {
  workspaceId: uuid('workspace_id').notNull(),
  messageId: uuid('message_id').notNull(),
  byId: uuid('by_id'),
  options: integer().array().notNull(),
  at: bigint({ mode: 'number' }).notNull(),
});

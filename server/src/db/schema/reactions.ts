import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';

export const reactions = pgTable('reactions', {
  workspaceId: uuid('workspace_id').notNull(),
  messageId: uuid('message_id').notNull(),
  byId: uuid('by_id'),
  emoji: text().notNull(),
  at: bigint({ mode: 'number' }).notNull(),
});

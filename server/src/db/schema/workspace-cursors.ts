import { bigint, pgTable, uuid } from 'drizzle-orm/pg-core';

export const workspaceCursors = pgTable('workspace_cursors', {
  workspaceId: uuid('workspace_id').primaryKey(),
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
  forgottenSeq: bigint('forgotten_seq', { mode: 'number' }).notNull().default(0),
});

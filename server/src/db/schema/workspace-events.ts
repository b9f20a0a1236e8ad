import { bigint, jsonb, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { WorkspaceEvent } from '@waxos/contract/events';

export const workspaceEvents = pgTable(
  'workspace_events',
  {
    workspaceId: uuid('workspace_id').notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    event: jsonb().$type<WorkspaceEvent>().notNull(),
    occurredAt: timestamp('occurred_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'workspace_events_pkey', columns: [table.workspaceId, table.seq] })],
);

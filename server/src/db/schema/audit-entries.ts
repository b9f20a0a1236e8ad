import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AuditAction, AuditEntry } from '@waxos/contract/audit';

export const auditEntries = pgTable(
  'audit_entries',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    action: text().$type<AuditAction>().notNull(),
    actorKind: text('actor_kind').$type<AuditEntry['actorKind']>().notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name').notNull(),
    subject: text().notNull(),
    address: text().notNull(),
    details: jsonb().$type<Record<string, string>>().notNull(),
  },
  (table) => [primaryKey({ name: 'audit_entries_pkey', columns: [table.workspaceId, table.id] })],
);

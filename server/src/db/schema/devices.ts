import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { DeviceKind, DeviceState, DeviceStateReason } from '@waxos/contract/devices';

export const devices = pgTable(
  'devices',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    kind: text().$type<DeviceKind>().notNull(),
    name: text().notNull(),
    phoneNumber: text('phone_number'),
    state: text().$type<DeviceState>().notNull(),
    stateReason: text('state_reason').$type<DeviceStateReason>(),
    createdByName: text('created_by_name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    riskAcknowledgedAt: timestamp('risk_acknowledged_at', { withTimezone: true }),
    removedAt: timestamp('removed_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ name: 'devices_pkey', columns: [table.workspaceId, table.id] })],
);

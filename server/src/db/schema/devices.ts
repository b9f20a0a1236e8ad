import { boolean, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { SessionSettings } from '@waxos/contract/node-link/commands';
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
    wanted: text().$type<'running' | 'stopped' | 'logged_out'>().notNull().default('stopped'),
    browser: text().$type<SessionSettings['browser']>().notNull().default('headless_shell'),
    economy: boolean().notNull().default(false),
    paced: boolean().notNull().default(true),
    historyDays: integer('history_days').notNull().default(30),
    pairWith: text('pair_with'),
    region: text().notNull().default(''),
    stateSince: timestamp('state_since', { withTimezone: true }),
    progress: integer(),
    lid: text(),
    pushName: text('push_name'),
    linkedAt: timestamp('linked_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ name: 'devices_pkey', columns: [table.workspaceId, table.id] })],
);

import { bigint, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';

export const deviceLeases = pgTable(
  'device_leases',
  {
    workspaceId: uuid('workspace_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    nodeId: uuid('node_id'),
    epoch: bigint({ mode: 'number' }).notNull(),
    grantedAt: timestamp('granted_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    runningAt: timestamp('running_at', { withTimezone: true }),
    releasedAt: timestamp('released_at', { withTimezone: true }),
    leavingAt: timestamp('leaving_at', { withTimezone: true }),
    cleanEpoch: bigint('clean_epoch', { mode: 'number' }),
    expiredAt: timestamp('expired_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ name: 'device_leases_pkey', columns: [table.workspaceId, table.deviceId] })],
);

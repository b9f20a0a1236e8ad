import { bigint, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';

export const deviceReadings = pgTable(
  'device_readings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    epoch: bigint({ mode: 'number' }).notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ name: 'device_readings_pkey', columns: [table.workspaceId, table.deviceId] })],
);

import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const deviceCodes = pgTable(
  'device_codes',
  {
    workspaceId: uuid('workspace_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    kind: text().$type<'qr' | 'code'>().notNull(),
    value: text().notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'device_codes_pkey', columns: [table.workspaceId, table.deviceId] })],
);

import { bigint, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';

export const nodeLinks = pgTable('node_links', {
  nodeId: uuid('node_id').primaryKey(),
  generation: bigint({ mode: 'number' }).notNull(),
  gatewayId: uuid('gateway_id'),
  claimedAt: timestamp('claimed_at', { withTimezone: true }).notNull(),
  endedAt: timestamp('ended_at', { withTimezone: true }),
});

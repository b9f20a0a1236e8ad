import { boolean, pgTable, text } from 'drizzle-orm/pg-core';

export const installations = pgTable('installations', {
  isOnly: boolean('is_only').primaryKey().default(true),
  secretKeyMac: text('secret_key_mac').notNull(),
});

import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Locale, Theme } from '@waxos/contract/fields';

export const accounts = pgTable('accounts', {
  id: uuid().primaryKey(),
  email: text().notNull(),
  name: text().notNull(),
  passwordHash: text('password_hash').notNull(),
  locale: text().$type<Locale>().notNull().default('en'),
  theme: text().$type<Theme>().notNull().default('system'),
  totpSecretSealed: text('totp_secret_sealed'),
  totpConfirmedAt: timestamp('totp_confirmed_at', { withTimezone: true }),
  totpLastStep: bigint('totp_last_step', { mode: 'number' }).notNull().default(0),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});

import { sql } from 'drizzle-orm';
import { listMigrations, tooNew } from './migrate.ts';
import type { SystemTx } from './tenant.ts';

/** What this program knows of the schema: read once, since a release does not change while it runs. */
export interface KnownSchema {
  latest: number;
}

export const readKnownSchema = async (directory: string): Promise<KnownSchema> => ({ latest: (await listMigrations(directory)).length });

/** A sentence where the database has fewer or more migrations than this program knows. */
export const findSchemaFault = async ({ db }: SystemTx, { latest }: KnownSchema): Promise<string | undefined> => {
  const lacking = 'The database lacks migrations: run npm start with its DATABASE_URL, which applies them.';
  // Before the first migration there is no such table, and asking it would be an error.
  const [table] = await db.execute(sql`select has_table_privilege(to_regclass('migrations')::oid, 'select') as readable`);
  if (table?.['readable'] !== true) return lacking;
  const [applied] = await db.execute(sql`select number, name from migrations order by number desc limit 1`);
  const number = Number(applied?.['number'] ?? 0);
  if (number > latest) return tooNew(String(applied?.['name']));
  return number < latest ? lacking : undefined;
};

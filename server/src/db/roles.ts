import postgres from 'postgres';

interface Roles {
  ownerUrl: string;
  appPassword: string;
  systemPassword: string;
}

/**
 * Makes the two logins that row-level security binds, or resets their passwords. Run once before migrating on a
 * database that is not ours; the embedded one makes them while it is born. Never superusers, never BYPASSRLS:
 * a hosted PostgreSQL could not grant that anyway, so the system role works by policies of its own.
 */
export const ensureRoles = async ({ ownerUrl, appPassword, systemPassword }: Roles): Promise<void> => {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await ensureLogin(sql, 'waxos_app', appPassword);
    await ensureLogin(sql, 'waxos_system', systemPassword);
  } finally {
    await sql.end();
  }
};

const ensureLogin = async (sql: postgres.Sql, role: string, password: string): Promise<void> => {
  const [exists] = await sql`select 1 from pg_roles where rolname = ${role}`;
  // DDL takes no parameters; the server itself quotes both.
  const [statement] = await sql<{ ddl: string }[]>`
    select format(${exists === undefined ? 'create role %I login nosuperuser nobypassrls nocreatedb nocreaterole password %L' : 'alter role %I login password %L'}, ${role}::text, ${password}::text) as ddl`;
  if (statement === undefined) throw new Error('PostgreSQL gave no statement back');
  await sql.unsafe(statement.ddl);
};

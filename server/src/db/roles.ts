import postgres from 'postgres';
import { DatabaseRefusal, tryLogin } from './try-login.ts';

interface Roles {
  ownerUrl: string;
  appPassword: string;
  systemPassword: string;
}

/**
 * Makes the two logins that row-level security binds. Run once before migrating on a database that is not ours; the
 * embedded one makes them while it is born. Never superusers, never BYPASSRLS: a hosted PostgreSQL could not grant that
 * anyway, so the system role works by policies of its own. Roles belong to the whole server: one that is there with
 * another password belongs to somebody, whom a new password would lock out.
 */
export const ensureRoles = async ({ ownerUrl, appPassword, systemPassword }: Roles): Promise<void> => {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await ensureLogin(sql, { role: 'waxos_app', variable: 'DATABASE_APP_URL', password: appPassword, ownerUrl });
    await ensureLogin(sql, { role: 'waxos_system', variable: 'DATABASE_SYSTEM_URL', password: systemPassword, ownerUrl });
  } finally {
    await sql.end();
  }
};

/** The same database, for another role. */
export const asRole = (url: string, role: string, password: string): string => {
  const made = new URL(url);
  made.username = role;
  made.password = encodeURIComponent(password);
  return made.toString();
};

interface Login {
  role: 'waxos_app' | 'waxos_system';
  variable: string;
  password: string;
  ownerUrl: string;
}

const ensureLogin = async (sql: postgres.Sql, { role, variable, password, ownerUrl }: Login): Promise<void> => {
  const [found] = await sql`select 1 from pg_roles where rolname = ${role}`;
  if (found !== undefined) return tryFound({ role, variable, password, ownerUrl });
  // DDL takes no parameters; the server itself quotes both.
  const [statement] = await sql<{ ddl: string }[]>`
    select format('create role %I login nosuperuser nobypassrls nocreatedb nocreaterole password %L', ${role}::text, ${password}::text) as ddl`;
  if (statement === undefined) throw new Error('PostgreSQL gave no statement back');
  await sql.unsafe(statement.ddl);
};

const tryFound = async ({ role, variable, password, ownerUrl }: Login): Promise<void> => {
  try {
    await tryLogin({ variable, url: asRole(ownerUrl, role, password), role });
  } catch (error) {
    if (!(error instanceof DatabaseRefusal && error.reason === 'login')) throw error;
    throw new DatabaseRefusal(`This PostgreSQL has a role ${role} already, whose password is not of this installation, as where another Waxos uses it: set DATABASE_APP_URL and DATABASE_SYSTEM_URL.`);
  }
};

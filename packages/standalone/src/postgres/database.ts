import { limitRole } from '@waxos/server/db/try-login';
import postgres from 'postgres';

/** Connection strings, one for each of the three roles and one for the superuser, to one database. */
export interface DatabaseUrls {
  /** Owns the schema and migrates it. */
  ownerUrl: string;
  /** The application's role, which row-level security binds. */
  appUrl: string;
  /** The system role, for what has no workspace yet. */
  systemUrl: string;
  superuserUrl: string;
}

export interface Passwords {
  superuserPassword: string;
  ownerPassword: string;
  appPassword: string;
  systemPassword: string;
}

export const urlsOf = (port: number, passwords: Passwords, database: string): DatabaseUrls => {
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    ownerUrl: url('waxos_owner', passwords.ownerPassword),
    appUrl: url('waxos_app', passwords.appPassword),
    systemUrl: url('waxos_system', passwords.systemPassword),
    superuserUrl: url('postgres', passwords.superuserPassword),
  };
};

// Logins and nothing else: whoever could bypass row-level security or make roles would not be bound by it.
const roleAttributes = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT';

/** Makes the three roles and the database where they are missing; whatever of it is there keeps its content. */
export const prepareDatabase = async (port: number, passwords: Passwords, database: string): Promise<DatabaseUrls> => {
  const sql = postgres(urlsOf(port, passwords, 'postgres').superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    const roles = { waxos_owner: passwords.ownerPassword, waxos_app: passwords.appPassword, waxos_system: passwords.systemPassword };
    const present = new Set((await sql<{ name: string }[]>`select rolname as name from pg_roles`).map(({ name }) => name));
    for (const [role, password] of Object.entries(roles)) {
      // Passwords are hexadecimal digits of ours, so they can stand in the statement, which takes no parameters.
      await sql.unsafe(`${present.has(role) ? 'alter' : 'create'} role ${role} ${roleAttributes} password '${password}'`);
    }
    for (const role of ['waxos_app', 'waxos_system'] as const) await sql.unsafe(limitRole(role));
    const [found] = await sql`select 1 from pg_database where datname = ${database}`;
    if (found === undefined) await createDatabase(sql, database, 'template0');
  } finally {
    await sql.end();
  }
  return urlsOf(port, passwords, database);
};

const createDatabase = async (sql: postgres.Sql, database: string, template: string): Promise<void> => {
  await sql`create database ${sql(database)} owner waxos_owner template ${sql(template)}`;
  // Every login may connect to a new database unless told otherwise.
  await sql`revoke all on database ${sql(database)} from public`;
  await sql`grant connect, temporary on database ${sql(database)} to waxos_owner, waxos_app, waxos_system`;
};

/** A copy of a whole database, in some 30 ms. Nobody may be connected to the template meanwhile. */
export const cloneDatabase = async (superuserUrl: string, template: string, database: string): Promise<void> => {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    await createDatabase(sql, database, template);
  } finally {
    await sql.end();
  }
};

export const dropDatabase = async (superuserUrl: string, database: string): Promise<void> => {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`drop database if exists ${sql(database)} with (force)`;
  } finally {
    await sql.end();
  }
};

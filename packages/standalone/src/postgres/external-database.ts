import postgres from 'postgres';
import { ensureRoles } from '@waxos/server/db/roles';
import { BadStart, codeOf } from '../bad-start.ts';

export interface ExternalDatabase {
  ownerUrl: string;
  appUrl: string;
  systemUrl: string;
}

interface ExternalOptions {
  ownerUrl: string;
  /** Set by the operator who made the roles; otherwise we make them with passwords of our own. */
  appUrl: string | undefined;
  systemUrl: string | undefined;
  passwords: { appPassword: string; systemPassword: string };
}

/** A PostgreSQL of the operator's own: reachable, with the two roles, or one sentence about DATABASE_URL. */
export const useExternalDatabase = async ({ ownerUrl, appUrl, systemUrl, passwords }: ExternalOptions): Promise<ExternalDatabase> => {
  await tryLogin('DATABASE_URL', ownerUrl);
  if (appUrl === undefined || systemUrl === undefined) {
    try {
      await ensureRoles({ ownerUrl, ...passwords });
    } catch (error) {
      if (codeOf(error) !== '42501') throw error;
      throw new BadStart('The login of DATABASE_URL may not make roles: make waxos_app and waxos_system yourself, and set DATABASE_APP_URL and DATABASE_SYSTEM_URL.');
    }
  }
  const database = {
    ownerUrl,
    appUrl: appUrl ?? asRole(ownerUrl, 'waxos_app', passwords.appPassword),
    systemUrl: systemUrl ?? asRole(ownerUrl, 'waxos_system', passwords.systemPassword),
  };
  await tryLogin('DATABASE_APP_URL', database.appUrl);
  await tryLogin('DATABASE_SYSTEM_URL', database.systemUrl);
  return database;
};

export const asRole = (url: string, role: string, password: string): string => {
  const made = new URL(url);
  made.username = role;
  made.password = encodeURIComponent(password);
  return made.toString();
};

const tryLogin = async (variable: string, url: string): Promise<void> => {
  const sql = postgres(url, { max: 1, connect_timeout: 10, idle_timeout: 1, onnotice: () => undefined });
  try {
    await sql`select 1`;
  } catch (error) {
    throw new BadStart(explain(variable, url, error));
  } finally {
    await sql.end({ timeout: 5 });
  }
};

/** Never with the password: a terminal is read over shoulders and pasted into tickets. */
const explain = (variable: string, url: string, error: unknown): string => {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname || 'localhost'}:${port || '5432'}`;
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return `${variable} is refused: PostgreSQL at ${place} does not accept that password for ${username || 'this login'}.`;
    case '3D000':
      return `${variable} names a database that is not there: create ${pathname.slice(1)} on ${place}, or correct the name.`;
    case 'ECONNREFUSED':
      return `${variable} leads nowhere: nothing listens at ${place}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${variable} leads nowhere: there is no host ${hostname}.`;
    case 'CONNECT_TIMEOUT':
      return `${variable} leads nowhere: ${place} does not answer within 10 s.`;
    default:
      return `${variable} does not work with PostgreSQL at ${place}: ${error instanceof Error ? error.message : 'no reason given'}.`;
  }
};

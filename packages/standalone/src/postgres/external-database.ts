import { asRole, ensureRoles } from '@waxos/server/db/roles';
import { DatabaseRefusal, tryLogin } from '@waxos/server/db/try-login';
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
  await signIn({ variable: 'DATABASE_URL', url: ownerUrl });
  if (appUrl === undefined || systemUrl === undefined) {
    try {
      await ensureRoles({ ownerUrl, ...passwords });
    } catch (error) {
      if (error instanceof DatabaseRefusal) throw new BadStart(error.message);
      if (codeOf(error) !== '42501') throw error;
      throw new BadStart('The login of DATABASE_URL may not make roles: make waxos_app and waxos_system yourself, and set DATABASE_APP_URL and DATABASE_SYSTEM_URL.');
    }
  }
  const database = {
    ownerUrl,
    appUrl: appUrl ?? asRole(ownerUrl, 'waxos_app', passwords.appPassword),
    systemUrl: systemUrl ?? asRole(ownerUrl, 'waxos_system', passwords.systemPassword),
  };
  await signIn({ variable: 'DATABASE_APP_URL', url: database.appUrl, role: 'waxos_app' });
  await signIn({ variable: 'DATABASE_SYSTEM_URL', url: database.systemUrl, role: 'waxos_system' });
  return database;
};

/** The gateway says the same sentences when it is started by itself. */
const signIn = async (login: Parameters<typeof tryLogin>[0]): Promise<void> => {
  try {
    await tryLogin(login);
  } catch (error) {
    if (error instanceof DatabaseRefusal) throw new BadStart(error.message);
    throw error;
  }
};

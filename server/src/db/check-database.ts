import { waitFor } from '@waxos/process/poll';
import { DatabaseRefusal, tryLogin } from './try-login.ts';

interface CheckOptions {
  appUrl: string;
  systemUrl: string;
  /** How long a database may take to answer that is started together with the gateway. */
  awayTimeoutMs?: number;
}

const AWAY_TIMEOUT_MS = 30_000;

/** Before anything is read: both logins work and are bound by row-level security, or one sentence. */
export const checkDatabase = async ({ appUrl, systemUrl, awayTimeoutMs = AWAY_TIMEOUT_MS }: CheckOptions): Promise<void> => {
  const deadline = performance.now() + awayTimeoutMs;
  const isLate = (): boolean => performance.now() > deadline;
  const logins = [
    { variable: 'DATABASE_APP_URL', url: appUrl, role: 'waxos_app' },
    { variable: 'DATABASE_SYSTEM_URL', url: systemUrl, role: 'waxos_system' },
  ] as const;
  for (const login of logins) {
    const look = async (): Promise<true | undefined> => {
      try {
        await tryLogin(login);
        return true;
      } catch (error) {
        if (error instanceof DatabaseRefusal && error.reason === 'away' && !isLate()) return undefined;
        throw error;
      }
    };
    // The limit above is the one that speaks; this one only has to be longer.
    await waitFor(look, { timeoutMs: awayTimeoutMs * 2, intervalMs: 500, what: login.variable });
  }
};

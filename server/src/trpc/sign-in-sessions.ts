import { and, eq, gt, or, sql } from 'drizzle-orm';
import { prepareQuery } from '../db/prepared-query.ts';
import { accounts } from '../db/schema/accounts.ts';
import { signInSessions } from '../db/schema/sign-in-sessions.ts';
import type { SystemTx } from '../db/tenant.ts';
import { hashToken } from '../secrets/tokens.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Signed out after this long without a request, and after `ABSOLUTE_LIFETIME_MS` whatever happens. */
export const IDLE_LIFETIME_MS = 7 * DAY_MS;
export const ABSOLUTE_LIFETIME_MS = 30 * DAY_MS;
const SEEN_EVERY_MS = 60_000;
const ROTATION_GRACE_MS = 30_000;

export interface FoundSignInSession {
  id: string;
  accountId: string;
  name: string;
  email: string;
  lastSeenAt: Date;
}

const isTokenOf = or(
  eq(signInSessions.tokenHash, sql.placeholder('hash')),
  and(eq(signInSessions.previousTokenHash, sql.placeholder('hash')), gt(signInSessions.rotatedAt, sql.placeholder('rotatedAfter'))),
);

const sessionByToken = prepareQuery((db) =>
  db
    .select({
      id: signInSessions.id,
      accountId: signInSessions.accountId,
      name: accounts.name,
      email: accounts.email,
      lastSeenAt: signInSessions.lastSeenAt,
    })
    .from(signInSessions)
    .innerJoin(accounts, eq(accounts.id, signInSessions.accountId))
    .where(and(isTokenOf, gt(signInSessions.expiresAt, sql.placeholder('now')), gt(signInSessions.lastSeenAt, sql.placeholder('seenAfter')))),
);

export const findSignInSession = async (tx: SystemTx, token: string): Promise<FoundSignInSession | undefined> => {
  const ago = (ms: number): Date => new Date(tx.now.getTime() - ms);
  const [session] = await tx.run(sessionByToken, { hash: hashToken(token), now: tx.now, rotatedAfter: ago(ROTATION_GRACE_MS), seenAfter: ago(IDLE_LIFETIME_MS) });
  return session;
};

/** Once a minute is enough to show when somebody was here, and saves a write with every request. */
export const touchSignInSession = async (tx: SystemTx, session: FoundSignInSession, address: string): Promise<void> => {
  if (tx.now.getTime() - session.lastSeenAt.getTime() < SEEN_EVERY_MS) return;
  await tx.db.update(signInSessions).set({ lastSeenAt: tx.now, address }).where(eq(signInSessions.id, session.id));
};

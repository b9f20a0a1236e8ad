import { AppError } from '@waxos/contract/app-error';
import { and, eq, ne, sql } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { signInSessions } from '../../db/schema/sign-in-sessions.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { hashToken, newToken } from '../../secrets/tokens.ts';
import { ABSOLUTE_LIFETIME_MS } from '../../trpc/sign-in-sessions.ts';
import type { Arrival } from '../../trpc/request-context.ts';

export interface NewSignInSession {
  token: string;
  expiresAt: Date;
}

/** Every sign-in makes a new token and ends the one that was carried before it, so that nobody can plant one. */
export const startSignInSession = async (tx: SystemTx, accountId: string, arrival: Arrival): Promise<NewSignInSession> => {
  if (arrival.signInToken !== undefined) await tx.db.delete(signInSessions).where(eq(signInSessions.tokenHash, hashToken(arrival.signInToken)));
  const token = newToken();
  const expiresAt = new Date(tx.now.getTime() + ABSOLUTE_LIFETIME_MS);
  await tx.db.insert(signInSessions).values({
    id: newId(),
    accountId,
    tokenHash: hashToken(token),
    createdAt: tx.now,
    lastSeenAt: tx.now,
    expiresAt,
    address: arrival.address,
    userAgent: arrival.userAgent,
  });
  return { token, expiresAt };
};

/**
 * A new token for a session whose account just gained or changed rights; its age goes on counting. Requests on their
 * way with the token before are answered for some seconds more, except where that token may be in wrong hands.
 */
export const rotateSignInSession = async (tx: SystemTx, signInSessionId: string, previous: 'honoured' | 'refused' = 'honoured'): Promise<NewSignInSession> => {
  const token = newToken();
  const kept = previous === 'honoured' ? { previousTokenHash: sql`${signInSessions.tokenHash}`, rotatedAt: tx.now } : { previousTokenHash: null, rotatedAt: null };
  const [session] = await tx.db
    .update(signInSessions)
    .set({ tokenHash: hashToken(token), lastSeenAt: tx.now, ...kept })
    .where(eq(signInSessions.id, signInSessionId))
    .returning({ expiresAt: signInSessions.expiresAt });
  // It was revoked from another browser meanwhile.
  if (session === undefined) throw new AppError('SIGNED_OUT');
  return { token, expiresAt: session.expiresAt };
};

export const endOtherSignInSessions = async (tx: SystemTx, accountId: string, keptId: string): Promise<void> => {
  await tx.db.delete(signInSessions).where(and(eq(signInSessions.accountId, accountId), ne(signInSessions.id, keptId)));
};

import { AppError } from '@waxos/contract/app-error';
import type { signInSessionOutput } from '@waxos/contract/accounts';
import { and, desc, eq, gt } from 'drizzle-orm';
import type { z } from 'zod';
import { signInSessions } from '../../db/schema/sign-in-sessions.ts';
import type { SystemTx } from '../../db/tenant.ts';
import type { Caller } from '../../trpc/find-caller.ts';
import { IDLE_LIFETIME_MS } from '../../trpc/sign-in-sessions.ts';

export const listSignInSessions = async (tx: SystemTx, caller: Caller): Promise<z.input<typeof signInSessionOutput>[]> => {
  const rows = await tx.db
    .select()
    .from(signInSessions)
    .where(
      and(
        eq(signInSessions.accountId, caller.accountId),
        gt(signInSessions.expiresAt, tx.now),
        gt(signInSessions.lastSeenAt, new Date(tx.now.getTime() - IDLE_LIFETIME_MS)),
      ),
    )
    .orderBy(desc(signInSessions.lastSeenAt));
  return rows.map((row) => ({ ...row, current: row.id === caller.signInSessionId }));
};

/** Their own only; a stranger's session does not exist. */
export const revokeSignInSession = async (tx: SystemTx, accountId: string, signInSessionId: string): Promise<void> => {
  const ended = await tx.db
    .delete(signInSessions)
    .where(and(eq(signInSessions.accountId, accountId), eq(signInSessions.id, signInSessionId)))
    .returning({ id: signInSessions.id });
  if (ended.length === 0) throw new AppError('NOT_FOUND');
};

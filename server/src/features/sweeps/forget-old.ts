import { and, isNotNull, lte, or } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import { passwordResets } from '../../db/schema/password-resets.ts';
import { signInSessions } from '../../db/schema/sign-in-sessions.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { IDLE_LIFETIME_MS } from '../../trpc/sessions.ts';
import { forgetEvents } from '../events/forget-events.ts';

const JOB_KEPT_MS = 7 * 24 * 60 * 60_000;

/** What nobody can use any more goes; a job that failed for good stays, for somebody to look at. */
export const forgetOld = async (tx: SystemTx): Promise<void> => {
  await forgetEvents(tx);
  await tx.db.delete(jobs).where(and(isNotNull(jobs.finishedAt), lte(jobs.finishedAt, new Date(tx.now.getTime() - JOB_KEPT_MS))));
  await tx.db.delete(passwordResets).where(lte(passwordResets.expiresAt, tx.now));
  await tx.db
    .delete(signInSessions)
    .where(or(lte(signInSessions.expiresAt, tx.now), lte(signInSessions.lastSeenAt, new Date(tx.now.getTime() - IDLE_LIFETIME_MS))));
};

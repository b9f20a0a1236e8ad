import { AppError } from '@waxos/contract/app-error';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { passwordResets } from '../../db/schema/password-resets.ts';
import { signInSessions } from '../../db/schema/sign-in-sessions.ts';
import { newJob } from '../../queue/jobs.ts';
import { openLink } from '../../secrets/links.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { getAccountRow } from '../accounts/get-account.ts';
import { blockOf } from '../../limits/address-block.ts';
import { recordAccountAudit } from '../audit/record-audit.ts';
import { spendMail } from '../mails/spend-mail.ts';

const LINK_LIFETIME_MS = 60 * 60_000;

/**
 * Answers the same whether or not there is such an account, and as late: an unknown address leaves a job too, which
 * finds no row and writes no mail.
 */
export const requestPasswordReset = async (ctx: RequestContext, email: string): Promise<void> => {
  await spendMail(ctx, [`to ${email}`, `from ${blockOf(ctx.arrival.address)}`]);
  await ctx.doors.withSystem('account', async (tx) => {
    const [account] = await tx.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email));
    const id = newId();
    if (account !== undefined) await tx.db.insert(passwordResets).values({ id, accountId: account.id, createdAt: tx.now, expiresAt: new Date(tx.now.getTime() + LINK_LIFETIME_MS) });
    tx.enqueue(null, newJob('password_reset.mail', id, { passwordResetId: id }));
  });
};

/** Uses the link up, ends every session, and leaves TOTP as it is: a mailbox alone is not enough to take an account over. */
export const resetPassword = async (ctx: RequestContext, input: { token: string; password: string }): Promise<void> => {
  const id = openLink(ctx.keyring, 'password-reset-link', input.token);
  if (id === undefined) throw new AppError('LINK_EXPIRED');
  const passwordHash = await ctx.passwords.hash(input.password, 'password');
  await ctx.doors.withSystem('account', async (tx) => {
    const [reset] = await tx.db
      .update(passwordResets)
      .set({ usedAt: tx.now })
      .where(and(eq(passwordResets.id, id), isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, tx.now)))
      .returning({ accountId: passwordResets.accountId });
    if (reset === undefined) throw new AppError('LINK_EXPIRED');
    const account = await getAccountRow(tx, reset.accountId);
    await tx.db.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id));
    await tx.db.delete(signInSessions).where(eq(signInSessions.accountId, account.id));
    // Older links still in the mailbox end with this one.
    await tx.db.update(passwordResets).set({ usedAt: tx.now }).where(and(eq(passwordResets.accountId, account.id), isNull(passwordResets.usedAt)));
    await recordAccountAudit(tx, { accountId: account.id, name: account.name, address: ctx.arrival.address, action: 'account.password_reset' });
  });
};

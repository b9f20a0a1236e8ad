import { and, eq, isNull } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { passwordResets } from '../../db/schema/password-resets.ts';
import type { Caller } from '../../trpc/find-caller.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { recordAccountAudit } from '../audit/record-audit.ts';
import { endOtherSignInSessions, rotateSignInSession } from '../sign-ins/start-sign-in-session.ts';
import { confirmPassword } from './confirm-password.ts';

/** Ends every other session and every reset link still in the mailbox: whoever knew the old password is out. */
export const changePassword = async (ctx: RequestContext, caller: Caller, input: { currentPassword: string; newPassword: string }): Promise<void> => {
  await confirmPassword(ctx, caller, { password: input.currentPassword, field: 'currentPassword' });
  const passwordHash = await ctx.passwords.hash(input.newPassword, 'newPassword');
  const session = await ctx.doors.withSystem('account', async (tx) => {
    await tx.db.update(accounts).set({ passwordHash }).where(eq(accounts.id, caller.accountId));
    await tx.db.update(passwordResets).set({ usedAt: tx.now }).where(and(eq(passwordResets.accountId, caller.accountId), isNull(passwordResets.usedAt)));
    await endOtherSignInSessions(tx, caller.accountId, caller.signInSessionId);
    await recordAccountAudit(tx, { accountId: caller.accountId, name: caller.name, address: ctx.arrival.address, action: 'account.password_changed' });
    return rotateSignInSession(tx, caller.signInSessionId, 'refused');
  });
  ctx.arrival.setSignInSession(session);
};

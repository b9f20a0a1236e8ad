import {
  accountOutput,
  changePasswordInput,
  confirmPasswordInput,
  confirmTotpInput,
  recoveryCodesOutput,
  revokeSignInSessionInput,
  signInSessionOutput,
  totpSetupOutput,
  updateAccountInput,
} from '@waxos/contract/accounts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/accounts.ts';
import { accountProcedure, router } from '../../trpc/procedures.ts';
import { recordAccountAudit } from '../audit/record-audit.ts';
import { listSignInSessions, revokeSignInSession } from '../sign-ins/list-sign-in-sessions.ts';
import { endOtherSignInSessions } from '../sign-ins/start-sign-in-session.ts';
import { changePassword } from './change-password.ts';
import { getAccount } from './get-account.ts';
import { beginTotp, confirmTotp, disableTotp, replaceRecoveryCodes } from './switch-totp.ts';

export const accountRouter = router({
  get: accountProcedure.output(accountOutput).query(({ ctx }) => ctx.doors.withSystem('account', (tx) => getAccount(tx, ctx.caller.accountId, ctx.signUpOpen))),

  update: accountProcedure
    .input(updateAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) =>
      ctx.doors.withSystem('account', async (tx) => {
        const set = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
        await tx.db.update(accounts).set(set).where(eq(accounts.id, ctx.caller.accountId));
        return getAccount(tx, ctx.caller.accountId, ctx.signUpOpen);
      }),
    ),

  changePassword: accountProcedure.input(changePasswordInput).mutation(({ ctx, input }) => changePassword(ctx, ctx.caller, input)),

  beginTotp: accountProcedure
    .input(confirmPasswordInput)
    .output(totpSetupOutput)
    .mutation(({ ctx, input }) => beginTotp(ctx, ctx.caller, input.password)),

  confirmTotp: accountProcedure
    .input(confirmTotpInput)
    .output(recoveryCodesOutput)
    .mutation(async ({ ctx, input }) => ({ recoveryCodes: await confirmTotp(ctx, ctx.caller, input.code) })),

  disableTotp: accountProcedure.input(confirmPasswordInput).mutation(({ ctx, input }) => disableTotp(ctx, ctx.caller, input.password)),

  renewRecoveryCodes: accountProcedure
    .input(confirmPasswordInput)
    .output(recoveryCodesOutput)
    .mutation(async ({ ctx, input }) => ({ recoveryCodes: await replaceRecoveryCodes(ctx, ctx.caller, input.password) })),

  listSignInSessions: accountProcedure.output(z.array(signInSessionOutput)).query(({ ctx }) => ctx.doors.withSystem('account', (tx) => listSignInSessions(tx, ctx.caller))),

  revokeSignInSession: accountProcedure.input(revokeSignInSessionInput).mutation(({ ctx, input }) =>
    ctx.doors.withSystem('account', async (tx) => {
      await revokeSignInSession(tx, ctx.caller.accountId, input.signInSessionId);
      await recordAccountAudit(tx, { ...ctx.caller, address: ctx.arrival.address, action: 'account.sign_in_session_revoked' });
    }),
  ),

  revokeOtherSignInSessions: accountProcedure.mutation(({ ctx }) =>
    ctx.doors.withSystem('account', async (tx) => {
      await endOtherSignInSessions(tx, ctx.caller.accountId, ctx.caller.signInSessionId);
      await recordAccountAudit(tx, { ...ctx.caller, address: ctx.arrival.address, action: 'account.sign_in_session_revoked' });
    }),
  ),
});

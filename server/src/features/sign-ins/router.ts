import { requestPasswordResetInput, resetPasswordInput, signInInput, signInOutput, signInTotpInput, signUpInput } from '@waxos/contract/accounts';
import { idSchema } from '@waxos/contract/fields';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { signInSessions } from '../../db/schema/sign-in-sessions.ts';
import { accountProcedure, publicProcedure, router } from '../../trpc/procedures.ts';
import { recordAccountAudit } from '../audit/record-audit.ts';
import { requestPasswordReset, resetPassword } from './reset-password.ts';
import { signInTotp, signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';

export const authRouter = router({
  signUp: publicProcedure
    .input(signUpInput)
    .output(z.object({ workspaceId: idSchema }))
    .mutation(({ ctx, input }) => signUp(ctx, input, false)),

  signIn: publicProcedure
    .input(signInInput)
    .output(signInOutput)
    .mutation(({ ctx, input }) => signIn(ctx, input)),

  signInTotp: publicProcedure.input(signInTotpInput).mutation(({ ctx, input }) => signInTotp(ctx, input)),

  requestPasswordReset: publicProcedure.input(requestPasswordResetInput).mutation(({ ctx, input }) => requestPasswordReset(ctx, input.email)),

  resetPassword: publicProcedure.input(resetPasswordInput).mutation(({ ctx, input }) => resetPassword(ctx, input)),

  signOut: accountProcedure.mutation(async ({ ctx }) => {
    await ctx.doors.withSystem('account', async (tx) => {
      await tx.db.delete(signInSessions).where(eq(signInSessions.id, ctx.caller.signInSessionId));
      await recordAccountAudit(tx, { accountId: ctx.caller.accountId, name: ctx.caller.name, address: ctx.arrival.address, action: 'account.signed_out' });
    });
    ctx.arrival.setSignInSession(null);
  }),
});

import { signUpInput } from '@waxos/contract/accounts';
import { idSchema } from '@waxos/contract/fields';
import { setupStatusOutput } from '@waxos/contract/setup';
import { z } from 'zod';
import { publicProcedure, router } from '../../trpc/procedures.ts';
import { needsSetup, signUp } from '../sign-ins/sign-up.ts';

export const setupRouter = router({
  status: publicProcedure.output(setupStatusOutput).query(async ({ ctx }) => ({
    needsSetup: await ctx.doors.withSystem('setup', needsSetup),
    signUpOpen: ctx.signUpOpen,
    version: ctx.version,
  })),

  create: publicProcedure
    .input(signUpInput)
    .output(z.object({ workspaceId: idSchema }))
    .mutation(({ ctx, input }) => signUp(ctx, input, true)),
});

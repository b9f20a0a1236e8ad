import { AppError } from '@waxos/contract/app-error';
import { createWorkspaceInput, updateWorkspaceInput, workspaceOutput } from '@waxos/contract/workspaces';
import { idSchema } from '@waxos/contract/fields';
import { z } from 'zod';
import { accountProcedure, router, tenantProcedure } from '../../trpc/procedures.ts';
import { getAccountRow, mayCreateWorkspaces } from '../accounts/get-account.ts';
import { rotateSignInSession } from '../sign-ins/start-sign-in-session.ts';
import { createWorkspace } from './create-workspace.ts';
import { getWorkspace } from './get-workspace.ts';
import { updateWorkspace } from './update-workspace.ts';

export const workspacesRouter = router({
  create: accountProcedure
    .input(createWorkspaceInput)
    .output(z.object({ workspaceId: idSchema }))
    .mutation(async ({ ctx, input }) => {
      const { caller, arrival, signUpOpen } = ctx;
      const made = await ctx.doors.withSystem('setup', async (tx) => {
        if (!(await mayCreateWorkspaces(tx, caller.accountId, signUpOpen))) throw new AppError('FORBIDDEN');
        const { locale } = await getAccountRow(tx, caller.accountId);
        const owner = { accountId: caller.accountId, name: caller.name };
        const workspaceId = await createWorkspace(tx, { ...input, locale, owner, address: arrival.address });
        return { workspaceId, session: await rotateSignInSession(tx, caller.signInSessionId) };
      });
      arrival.setSignInSession(made.session);
      return { workspaceId: made.workspaceId };
    }),

  get: tenantProcedure('workspace.read')
    .output(workspaceOutput)
    .query(({ ctx }) => ctx.readWorkspace(getWorkspace)),

  update: tenantProcedure('workspace.update')
    .input(updateWorkspaceInput)
    .output(workspaceOutput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => updateWorkspace(tx, input))),
});

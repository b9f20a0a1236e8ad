import { AppError } from '@waxos/contract/app-error';
import { changeRoleInput, memberOutput, removeMemberInput } from '@waxos/contract/workspaces';
import { z } from 'zod';
import { router, tenantProcedure } from '../../trpc/procedures.ts';
import { changeRole, listMembers, removeMember } from './members.ts';

export const membersRouter = router({
  list: tenantProcedure('members.read')
    .output(z.array(memberOutput))
    .query(({ ctx }) => ctx.readWorkspace(listMembers)),

  changeRole: tenantProcedure('members.update')
    .input(changeRoleInput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => changeRole(tx, input))),

  remove: tenantProcedure('members.remove')
    .input(removeMemberInput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => removeMember(tx, input.memberId))),

  /** Everybody may go; only a person can, not a key. */
  leave: tenantProcedure('workspace.read').mutation(({ ctx }) => {
    const { actor } = ctx;
    if (actor.kind !== 'member') throw new AppError('FORBIDDEN');
    return ctx.inWorkspace((tx) => removeMember(tx, actor.memberId));
  }),
});

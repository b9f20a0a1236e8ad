import { idSchema } from '@waxos/contract/fields';
import { acceptInvitationInput, createInvitationInput, invitationIdInput, invitationOutput, invitationPreviewOutput, invitationTokenInput } from '@waxos/contract/workspaces';
import { z } from 'zod';
import type { ApiKeyActor, MemberActor } from '../../db/actor.ts';
import { publicProcedure, router, tenantProcedure } from '../../trpc/procedures.ts';
import { spendMail } from '../mails/spend-mail.ts';
import { acceptInvitation, previewInvitation } from './accept-invitation.ts';
import { getOpenAddress, invite, listInvitations, resendInvitation, revokeInvitation } from './invite.ts';

/** Somebody with many workspaces sends no more mails than somebody with one. */
const causesOf = (actor: MemberActor | ApiKeyActor): string[] => [`workspace ${actor.workspaceId}`, ...(actor.kind === 'member' ? [`account ${actor.accountId}`] : [])];

export const invitationsRouter = router({
  preview: publicProcedure
    .input(invitationTokenInput)
    .output(invitationPreviewOutput)
    .query(({ ctx, input }) => previewInvitation(ctx, input.token)),

  accept: publicProcedure
    .input(acceptInvitationInput)
    .output(z.object({ workspaceId: idSchema }))
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),

  list: tenantProcedure('members.invite')
    .output(z.array(invitationOutput))
    .query(({ ctx }) => ctx.readWorkspace(listInvitations)),

  create: tenantProcedure('members.invite')
    .input(createInvitationInput)
    .output(z.object({ id: idSchema }))
    .mutation(async ({ ctx, input }) => {
      await spendMail(ctx, [...causesOf(ctx.actor), `to ${input.email}`]);
      return ctx.inWorkspace((tx) => invite(tx, input));
    }),

  resend: tenantProcedure('members.invite')
    .input(invitationIdInput)
    .mutation(async ({ ctx, input }) => {
      const email = await ctx.readWorkspace((tx) => getOpenAddress(tx, input.invitationId));
      await spendMail(ctx, [...causesOf(ctx.actor), `to ${email}`]);
      return ctx.inWorkspace((tx) => resendInvitation(tx, input.invitationId));
    }),

  revoke: tenantProcedure('members.invite')
    .input(invitationIdInput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => revokeInvitation(tx, input.invitationId))),
});

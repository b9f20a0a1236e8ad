import { AppError } from '@waxos/contract/app-error';
import type { acceptInvitationInput, invitationPreviewOutput } from '@waxos/contract/workspaces';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { auditEntries } from '../../db/schema/audit-entries.ts';
import { invitations } from '../../db/schema/invitations.ts';
import { members } from '../../db/schema/members.ts';
import { workspaces } from '../../db/schema/workspaces.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { findCaller, type Caller } from '../../trpc/find-caller.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { createAccount } from '../accounts/create-account.ts';
import { rotateSignInSession, startSignInSession, type NewSignInSession } from '../sign-ins/start-sign-in-session.ts';
import { openInvitationLink } from './invitation-link.ts';
import { isUsable } from './invite.ts';

type Input = z.output<typeof acceptInvitationInput>;

const getUsableInvitation = async (tx: SystemTx, ctx: RequestContext, token: string): Promise<typeof invitations.$inferSelect> => {
  const link = openInvitationLink(ctx.keyring, token);
  if (link === undefined) throw new AppError('LINK_EXPIRED');
  const [invitation] = await tx.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, link.id), eq(invitations.linkVersion, link.linkVersion), isUsable(tx.now)))
    .for('update');
  if (invitation === undefined) throw new AppError('LINK_EXPIRED');
  return invitation;
};

export const previewInvitation = (ctx: RequestContext, token: string): Promise<z.input<typeof invitationPreviewOutput>> =>
  ctx.doors.withSystem('invitation', async (tx) => {
    const invitation = await getUsableInvitation(tx, ctx, token);
    const [workspace] = await tx.db.select({ name: workspaces.name }).from(workspaces).where(eq(workspaces.id, invitation.workspaceId));
    const [account] = await tx.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, invitation.email));
    const { email, role, invitedByName } = invitation;
    return { email, role, invitedByName, workspaceName: workspace?.name ?? '', accountExists: account !== undefined };
  });

/**
 * The link proves the mailbox. A person without an account makes one with it; a person who has one must be signed
 * in as that account: a link that leaked must not open an existing login.
 */
export const acceptInvitation = async (ctx: RequestContext, input: Input): Promise<{ workspaceId: string }> => {
  const { arrival, doors } = ctx;
  const passwordHash = input.person === undefined ? undefined : await ctx.passwords.hash(input.person.password, 'person.password');
  const caller = passwordHash === undefined ? await findCaller(ctx) : undefined;
  const joined = await doors.withSystem('invitation', async (tx) => {
    const invitation = await getUsableInvitation(tx, ctx, input.token);
    const person =
      input.person !== undefined && passwordHash !== undefined
        ? await arriveAsNew(tx, ctx, { email: invitation.email, name: input.person.name, locale: input.person.locale, passwordHash })
        : await arriveAsCaller(tx, caller, invitation.email);
    await join(tx, { invitation, person, address: arrival.address });
    return { workspaceId: invitation.workspaceId, session: person.session };
  });
  arrival.setSignInSession(joined.session);
  return { workspaceId: joined.workspaceId };
};

interface Person {
  accountId: string;
  name: string;
  session: NewSignInSession;
}

type NewPerson = Parameters<typeof createAccount>[1];

const arriveAsNew = async (tx: SystemTx, ctx: RequestContext, person: NewPerson): Promise<Person> => {
  const accountId = await createAccount(tx, person);
  return { accountId, name: person.name, session: await startSignInSession(tx, accountId, ctx.arrival) };
};

const arriveAsCaller = async (tx: SystemTx, caller: Caller | undefined, email: string): Promise<Person> => {
  if (caller === undefined) throw new AppError('SIGNED_OUT');
  if (caller.email !== email) throw new AppError('FORBIDDEN');
  return { accountId: caller.accountId, name: caller.name, session: await rotateSignInSession(tx, caller.signInSessionId) };
};

interface Joining {
  invitation: typeof invitations.$inferSelect;
  person: Person;
  address: string;
}

const join = async (tx: SystemTx, { invitation, person, address }: Joining): Promise<void> => {
  const { workspaceId, role } = invitation;
  const memberId = newId();
  const [member] = await tx.db
    .insert(members)
    .values({ workspaceId, id: memberId, accountId: person.accountId, role, joinedAt: tx.now })
    .onConflictDoNothing()
    .returning({ id: members.id });
  if (member === undefined) throw new AppError('CONFLICT', { fields: { email: 'email_taken' } });
  await tx.db
    .update(invitations)
    .set({ acceptedAt: tx.now })
    .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, invitation.id)));
  await tx.db.insert(auditEntries).values({
    workspaceId,
    id: newId(),
    at: tx.now,
    action: 'member.joined',
    actorKind: 'member',
    actorId: memberId,
    actorName: person.name,
    subject: person.name,
    address,
    details: { role },
  });
  tx.publish(workspaceId, { type: 'member.joined', memberId, role });
  tx.publish(workspaceId, { type: 'invitation.changed', invitationId: invitation.id });
};

import { AppError } from '@waxos/contract/app-error';
import type { Role } from '@waxos/contract/permissions';
import type { invitationOutput } from '@waxos/contract/workspaces';
import { and, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { invitations } from '../../db/schema/invitations.ts';
import type { ReadTx, Tx } from '../../db/tenant.ts';
import { newJob } from '../../queue/jobs.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { isMemberEmail } from '../members/members.ts';
import { refuseBeyond } from '../members/refuse-beyond.ts';

/** open ──accepted──▶ accepted · open ──revoked──▶ revoked · open ──seven days──▶ expired. Sending again renews the seven days and the link. */
const LIFETIME_MS = 7 * 24 * 60 * 60_000;

const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

export const listInvitations = async (tx: ReadTx): Promise<z.input<typeof invitationOutput>[]> =>
  tx.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.workspaceId, tx.workspaceId), isOpen))
    .orderBy(desc(invitations.id));

export const invite = async (tx: Tx, { email, role }: { email: string; role: Role }): Promise<{ id: string }> => {
  refuseBeyond(tx, role);
  if (await isMemberEmail(tx, email)) throw new AppError('CONFLICT', { fields: { email: 'email_taken' } });
  // An expired one makes room for its successor.
  await tx.db
    .update(invitations)
    .set({ revokedAt: tx.now })
    .where(and(eq(invitations.workspaceId, tx.workspaceId), eq(invitations.email, email), isOpen, lte(invitations.expiresAt, tx.now)));
  const id = newId();
  const [made] = await tx.db
    .insert(invitations)
    .values({ workspaceId: tx.workspaceId, id, email, role, invitedByName: tx.actor.name, createdAt: tx.now, expiresAt: new Date(tx.now.getTime() + LIFETIME_MS) })
    .onConflictDoNothing()
    .returning({ id: invitations.id, linkVersion: invitations.linkVersion });
  if (made === undefined) throw new AppError('CONFLICT', { fields: { email: 'already_invited' } });
  announce(tx, made);
  await recordAudit(tx, { action: 'member.invited', subject: email, details: { role } });
  return { id };
};

/** Whose mailbox an invitation goes to. */
export const getOpenAddress = async (tx: ReadTx, invitationId: string): Promise<string> => {
  const [invitation] = await tx.db
    .select({ email: invitations.email })
    .from(invitations)
    .where(and(eq(invitations.workspaceId, tx.workspaceId), eq(invitations.id, invitationId), isOpen));
  if (invitation === undefined) throw new AppError('NOT_FOUND');
  return invitation.email;
};

export const resendInvitation = async (tx: Tx, invitationId: string): Promise<void> => {
  const [renewed] = await tx.db
    .update(invitations)
    .set({ linkVersion: sql`${invitations.linkVersion} + 1`, expiresAt: new Date(tx.now.getTime() + LIFETIME_MS) })
    .where(and(eq(invitations.workspaceId, tx.workspaceId), eq(invitations.id, invitationId), isOpen))
    .returning({ id: invitations.id, linkVersion: invitations.linkVersion, email: invitations.email, role: invitations.role });
  if (renewed === undefined) throw new AppError('NOT_FOUND');
  refuseBeyond(tx, renewed.role);
  announce(tx, renewed);
  await recordAudit(tx, { action: 'member.invited', subject: renewed.email, details: { role: renewed.role } });
};

export const revokeInvitation = async (tx: Tx, invitationId: string): Promise<void> => {
  const [revoked] = await tx.db
    .update(invitations)
    .set({ revokedAt: tx.now })
    .where(and(eq(invitations.workspaceId, tx.workspaceId), eq(invitations.id, invitationId), isOpen))
    .returning({ email: invitations.email, role: invitations.role });
  if (revoked === undefined) throw new AppError('NOT_FOUND');
  refuseBeyond(tx, revoked.role);
  tx.publish({ type: 'invitation.changed', invitationId });
  await recordAudit(tx, { action: 'member.invitation_revoked', subject: revoked.email });
};

const announce = (tx: Tx, { id, linkVersion }: { id: string; linkVersion: number }): void => {
  tx.enqueue(newJob('invitation.mail', `${id}:${linkVersion}`, { invitationId: id, linkVersion }));
  tx.publish({ type: 'invitation.changed', invitationId: id });
};

/** Whether a link to it still works at this moment. */
export const isUsable = (now: Date) => and(isOpen, gt(invitations.expiresAt, now));

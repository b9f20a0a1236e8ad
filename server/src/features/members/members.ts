import { AppError } from '@waxos/contract/app-error';
import type { Role } from '@waxos/contract/permissions';
import type { memberOutput } from '@waxos/contract/workspaces';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { accounts } from '../../db/schema/accounts.ts';
import { members } from '../../db/schema/members.ts';
import type { ReadTx, Tx } from '../../db/tenant.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { refuseBeyond } from './refuse-beyond.ts';

type Member = z.input<typeof memberOutput>;

const memberColumns = {
  id: members.id,
  name: accounts.name,
  email: accounts.email,
  role: members.role,
  totpConfirmedAt: accounts.totpConfirmedAt,
  joinedAt: members.joinedAt,
};

export const listMembers = async (tx: ReadTx): Promise<Member[]> => {
  const rows = await tx.db
    .select(memberColumns)
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(eq(members.workspaceId, tx.workspaceId))
    .orderBy(asc(members.joinedAt), asc(members.id));
  return rows.map(({ totpConfirmedAt, ...member }) => ({ ...member, totpEnabled: totpConfirmedAt !== null }));
};

const getMember = async (tx: Tx, memberId: string): Promise<{ id: string; role: Role; name: string }> => {
  const [member] = await tx.db
    .select({ id: members.id, role: members.role, name: accounts.name })
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(and(eq(members.workspaceId, tx.workspaceId), eq(members.id, memberId)));
  if (member === undefined) throw new AppError('NOT_FOUND');
  return member;
};

/** Two changes that could leave the workspace without an owner happen one after the other. */
const lockOwners = async (tx: Tx): Promise<string[]> => {
  const owners = await tx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, tx.workspaceId), eq(members.role, 'owner')))
    .orderBy(asc(members.id))
    .for('update');
  const ids = owners.map((owner) => owner.id);
  // Somebody else may have taken the role away since this request found out who is calling.
  if (tx.actor.kind === 'member' && tx.actor.role === 'owner' && !ids.includes(tx.actor.memberId)) throw new AppError('FORBIDDEN');
  return ids;
};

export const changeRole = async (tx: Tx, { memberId, role }: { memberId: string; role: Role }): Promise<void> => {
  const owners = await lockOwners(tx);
  const member = await getMember(tx, memberId);
  refuseBeyond(tx, member.role);
  refuseBeyond(tx, role);
  if (member.role === role) return;
  if (member.role === 'owner' && owners.length === 1) throw new AppError('LAST_OWNER');
  await tx.db
    .update(members)
    .set({ role })
    .where(and(eq(members.workspaceId, tx.workspaceId), eq(members.id, memberId)));
  tx.publish({ type: 'member.role_changed', memberId, role });
  await recordAudit(tx, { action: 'member.role_changed', subject: member.name, details: { role: `${member.role} → ${role}` } });
};

export const removeMember = async (tx: Tx, memberId: string): Promise<void> => {
  const owners = await lockOwners(tx);
  const member = await getMember(tx, memberId);
  if (tx.actor.kind !== 'member' || tx.actor.memberId !== memberId) refuseBeyond(tx, member.role);
  if (member.role === 'owner' && owners.length === 1) throw new AppError('LAST_OWNER');
  await recordAudit(tx, { action: 'member.removed', subject: member.name });
  await tx.db.delete(members).where(and(eq(members.workspaceId, tx.workspaceId), eq(members.id, memberId)));
  tx.publish({ type: 'member.removed', memberId });
};

export const isMemberEmail = async (tx: Tx, email: string): Promise<boolean> => {
  const found = await tx.db
    .select({ id: members.id })
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(and(eq(members.workspaceId, tx.workspaceId), eq(accounts.email, email)));
  return found.length > 0;
};

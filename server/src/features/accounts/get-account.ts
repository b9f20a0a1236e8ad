import type { Account } from '@waxos/contract/accounts';
import { rolePermissions } from '@waxos/contract/permissions';
import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { members } from '../../db/schema/members.ts';
import { recoveryCodes } from '../../db/schema/recovery-codes.ts';
import { workspaces } from '../../db/schema/workspaces.ts';
import type { SystemTx } from '../../db/tenant.ts';

export const getAccountRow = async (tx: SystemTx, accountId: string): Promise<typeof accounts.$inferSelect> => {
  const [account] = await tx.db.select().from(accounts).where(eq(accounts.id, accountId));
  if (account === undefined) throw new Error(`account ${accountId} went away while it was signed in`);
  return account;
};

/** The row is nobody else's to change until this transaction ends. */
export const holdAccountRow = async (tx: SystemTx, accountId: string): Promise<typeof accounts.$inferSelect> => {
  const [account] = await tx.db.select().from(accounts).where(eq(accounts.id, accountId)).for('update');
  if (account === undefined) throw new Error(`account ${accountId} went away while it was signing in`);
  return account;
};

/** Who is signed in, and what they may do where: what a page needs before it draws anything. */
export const getAccount = async (tx: SystemTx, accountId: string, signUpOpen: boolean): Promise<Account> => {
  const account = await getAccountRow(tx, accountId);
  const memberships = await tx.db
    .select({ id: workspaces.id, name: workspaces.name, memberId: members.id, role: members.role })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(eq(members.accountId, accountId))
    .orderBy(asc(workspaces.name), asc(workspaces.id));
  const [codes] = await tx.db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)));
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    locale: account.locale,
    theme: account.theme,
    totpEnabled: account.totpConfirmedAt !== null,
    recoveryCodesLeft: codes?.left ?? 0,
    mayCreateWorkspaces: await mayCreateWorkspaces(tx, accountId, signUpOpen),
    workspaces: memberships.map((membership) => ({ ...membership, permissions: [...rolePermissions[membership.role]] })),
  };
};

/** Where sign-up is closed, whoever owns a workspace already may open another. */
export const mayCreateWorkspaces = async (tx: SystemTx, accountId: string, signUpOpen: boolean): Promise<boolean> => {
  if (signUpOpen) return true;
  const owned = await tx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.accountId, accountId), eq(members.role, 'owner')))
    .limit(1);
  return owned.length > 0;
};

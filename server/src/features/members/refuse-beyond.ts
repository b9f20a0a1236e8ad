import { AppError } from '@waxos/contract/app-error';
import { rolePermissions, type Role } from '@waxos/contract/permissions';
import type { Tx } from '../../db/tenant.ts';

/** Nobody gives, takes or changes a role that may do more than they may; only owners touch owners, and a key is no owner. */
export const refuseBeyond = (tx: Tx, role: Role): void => {
  const isOwner = tx.actor.kind === 'member' && tx.actor.role === 'owner';
  if (role === 'owner' && !isOwner) throw new AppError('FORBIDDEN');
  if (!rolePermissions[role].every((permission) => tx.actor.permissions.includes(permission))) throw new AppError('FORBIDDEN');
};

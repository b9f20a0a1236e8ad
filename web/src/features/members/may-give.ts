import { rolePermissions, type Permission, type Role } from '@waxos/contract/permissions';

interface Actor {
  role: Role;
  may: (permission: Permission) => boolean;
}

/** Only owners touch owners, and nobody gives or takes a role that may do more than they may. The server holds to the same. */
export const mayGive = (actor: Actor, role: Role): boolean =>
  (role !== 'owner' || actor.role === 'owner') && rolePermissions[role].every(actor.may);

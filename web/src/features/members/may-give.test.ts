import { rolePermissions, ROLES, type Permission, type Role } from '@waxos/contract/permissions';
import { expect, test } from 'vitest';
import { mayGive } from './may-give.ts';

const actor = (role: Role, permissions: readonly Permission[] = rolePermissions[role]) => ({
  role,
  may: (permission: Permission) => permissions.includes(permission),
});

test.each([
  ['owner', ['owner', 'admin', 'agent', 'viewer']],
  ['admin', ['admin', 'agent', 'viewer']],
  ['agent', ['agent', 'viewer']],
] as const)('an %s is offered the roles %j', (role, offered) => {
  expect(ROLES.filter((candidate) => mayGive(actor(role), candidate))).toEqual(offered);
});

test('a role that may more than the actor is not offered', () => {
  expect(ROLES.filter((role) => mayGive(actor('admin', [...rolePermissions.agent, 'members.update']), role))).toEqual(['agent', 'viewer']);
});

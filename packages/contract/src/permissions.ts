import { z } from 'zod';

/** What a procedure may ask of its caller. Roles and API keys are sets of these. */
export const PERMISSIONS = [
  'workspace.read',
  'workspace.update',
  'members.read',
  'members.invite',
  'members.update',
  'members.remove',
  'devices.read',
  'devices.manage',
  'api_keys.read',
  'api_keys.manage',
  'audit.read',
] as const;

export const permissionSchema = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permissionSchema>;

export const ROLES = ['owner', 'admin', 'agent', 'viewer'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** An admin may do what an owner may, except to owners: that is held where roles are given. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  agent: ['workspace.read', 'members.read', 'devices.read'],
  viewer: ['workspace.read', 'members.read', 'devices.read'],
};

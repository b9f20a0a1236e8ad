import { z } from 'zod';
import { problem } from './field-problems.ts';
import { emailSchema, idSchema, linkTokenSchema, localeSchema, nameSchema, newPasswordSchema, timeZoneSchema } from './fields.ts';
import { roleSchema } from './permissions.ts';

export const workspaceOutput = z.object({
  id: idSchema,
  name: z.string(),
  locale: localeSchema,
  timeZone: z.string(),
  createdAt: z.date(),
});
export const createWorkspaceInput = z.object({ name: nameSchema, timeZone: timeZoneSchema.default('UTC') });
export const updateWorkspaceInput = z
  .object({ name: nameSchema, locale: localeSchema, timeZone: timeZoneSchema })
  .partial()
  .refine((input) => Object.keys(input).length > 0, problem('required'));

export const memberOutput = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  totpEnabled: z.boolean(),
  joinedAt: z.date(),
});
export const changeRoleInput = z.object({ memberId: idSchema, role: roleSchema });
export const removeMemberInput = z.object({ memberId: idSchema });

export const invitationOutput = z.object({
  id: idSchema,
  email: z.string(),
  role: roleSchema,
  invitedByName: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
});
export const createInvitationInput = z.object({ email: emailSchema, role: roleSchema });
export const invitationIdInput = z.object({ invitationId: idSchema });
export const invitationTokenInput = z.object({ token: linkTokenSchema });
export const invitationPreviewOutput = z.object({
  workspaceName: z.string(),
  invitedByName: z.string(),
  email: z.string(),
  role: roleSchema,
  accountExists: z.boolean(),
});
/** Somebody without an account names themselves and chooses a password; somebody with one signs in first. */
export const acceptInvitationInput = z.object({
  token: linkTokenSchema,
  person: z.object({ name: nameSchema, password: newPasswordSchema, locale: localeSchema }).optional(),
});

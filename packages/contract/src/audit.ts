import { z } from 'zod';
import { idSchema } from './fields.ts';

export const AUDIT_ACTIONS = [
  'account.signed_in',
  'account.sign_in_refused',
  'account.signed_out',
  'account.password_changed',
  'account.password_reset',
  'account.totp_enabled',
  'account.totp_disabled',
  'account.recovery_codes_renewed',
  'account.sign_in_session_revoked',
  'workspace.created',
  'workspace.updated',
  'member.invited',
  'member.invitation_revoked',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'device.added',
  'device.renamed',
  'device.removed',
  'api_key.created',
  'api_key.revoked',
] as const;
export const auditActionSchema = z.enum(AUDIT_ACTIONS);
export type AuditAction = z.infer<typeof auditActionSchema>;

export const auditEntryOutput = z.object({
  id: idSchema,
  at: z.date(),
  action: auditActionSchema,
  actorKind: z.enum(['member', 'api_key', 'system']),
  actorName: z.string(),
  subject: z.string(),
  address: z.string(),
  details: z.record(z.string(), z.string()),
});
export type AuditEntry = z.infer<typeof auditEntryOutput>;

export const listAuditInput = z.object({
  action: auditActionSchema.optional(),
  before: idSchema.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export const listAuditOutput = z.object({ entries: z.array(auditEntryOutput), nextBefore: idSchema.nullable() });

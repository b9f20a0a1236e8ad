import { z } from 'zod';
import { deviceKindSchema } from './devices.ts';
import { idSchema } from './fields.ts';
import { roleSchema } from './permissions.ts';

/** What happened in a workspace, as pages, webhooks and automations learn it. Past tense. */
export const workspaceEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('workspace.updated'), name: z.string() }),
  z.object({ type: z.literal('member.joined'), memberId: idSchema, role: roleSchema }),
  z.object({ type: z.literal('member.role_changed'), memberId: idSchema, role: roleSchema }),
  z.object({ type: z.literal('member.removed'), memberId: idSchema }),
  z.object({ type: z.literal('invitation.changed'), invitationId: idSchema }),
  z.object({ type: z.literal('device.added'), deviceId: idSchema, kind: deviceKindSchema }),
  z.object({ type: z.literal('device.renamed'), deviceId: idSchema, kind: deviceKindSchema }),
  z.object({ type: z.literal('device.removed'), deviceId: idSchema, kind: deviceKindSchema }),
  z.object({ type: z.literal('api_key.changed'), apiKeyId: idSchema }),
]);
export type WorkspaceEvent = z.infer<typeof workspaceEventSchema>;

export const listEventsInput = z.object({ after: z.number().int().min(0).optional() });
/** Without `after` only the cursor comes back; `reload` says that the cursor is older than what is kept. */
export const listEventsOutput = z.object({
  cursor: z.number().int(),
  reload: z.boolean(),
  events: z.array(z.object({ seq: z.number().int(), event: workspaceEventSchema })),
});

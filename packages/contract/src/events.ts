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
  z.object({ type: z.literal('device.changed'), deviceId: idSchema, kind: deviceKindSchema }),
  /** It shows another QR or pairing code, which only whoever may link can read. */
  z.object({ type: z.literal('device.code_changed'), deviceId: idSchema, kind: deviceKindSchema }),
  z.object({ type: z.literal('contact.changed'), contactId: idSchema }),
  z.object({ type: z.literal('conversation.changed'), conversationId: idSchema }),
  /** Its messages are in another one now: the two were of one person. */
  z.object({ type: z.literal('conversation.merged'), conversationId: idSchema, into: idSchema }),
  z.object({ type: z.literal('message.added'), conversationId: idSchema, messageId: idSchema }),
  z.object({ type: z.literal('message.changed'), conversationId: idSchema, messageId: idSchema }),
  z.object({ type: z.literal('gap.found'), deviceId: idSchema, conversationId: idSchema.nullable() }),
  z.object({ type: z.literal('call.noticed'), deviceId: idSchema, conversationId: idSchema, video: z.boolean() }),
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

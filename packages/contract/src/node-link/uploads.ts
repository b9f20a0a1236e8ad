import { z } from 'zod';
import { chatSchema, messageKeySchema } from './identities.ts';

/**
 * What bytes are that a node brings to the gateway, beside the link: `PUT /nodes/uploads/<device>?epoch=<epoch>&of=<this,
 * as JSON in base64url>` with the node's token. 201 or 200: stored; 413: too large; all else: to be tried again later.
 */
export const uploadSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('media'), key: messageKeySchema }),
  z.object({ what: z.literal('picture'), chat: chatSchema }),
  /** Of the page as it is, under the id of the command that asked for it. */
  z.object({ what: z.literal('screenshot'), command: z.string().max(100) }),
]);
export type Upload = z.infer<typeof uploadSchema>;

import type { Message } from '@waxos/contract/node-link/contents';
import { messageMedia } from '../../db/schema/message-media.ts';
import type { Told } from './told.ts';

interface Wanted {
  message: Message;
  messageId: string;
  conversationId: string;
}

/** Its bytes are asked for at once: WhatsApp's servers forget them after some weeks, and a phone is not always on. */
export const wantMedia = async ({ tx, device }: Told, { message, messageId }: Wanted): Promise<void> => {
  if (!('media' in message.content)) return;
  await tx.db.insert(messageMedia).values({ workspaceId: tx.workspaceId, messageId, state: 'wanted', dueAt: tx.now });
  tx.order({ deviceId: device.id, messageId, command: { type: 'media.fetch', key: message.key } });
};

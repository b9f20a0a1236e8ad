import { and, eq } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { conversations } from '../../db/schema/conversations.ts';
import type { Tx } from '../../db/tenant.ts';
import type { Identity } from './identity.ts';

export type Conversation = Pick<typeof conversations.$inferSelect, 'id' | 'lastMessageAt'>;

/** The thread of a device with somebody. Only the device's own batch makes one, and those are serial. */
export const openConversation = async (tx: Tx, deviceId: string, { id: identityId, contactId }: Pick<Identity, 'id' | 'contactId'>): Promise<Conversation> => {
  const find = () =>
    tx.db
      .select({ id: conversations.id, lastMessageAt: conversations.lastMessageAt })
      .from(conversations)
      .where(and(eq(conversations.workspaceId, tx.workspaceId), eq(conversations.deviceId, deviceId), eq(conversations.identityId, identityId)));
  const [found] = await find();
  if (found !== undefined) return found;
  const made = { id: newId(), lastMessageAt: null };
  const [inserted] = await tx.db
    .insert(conversations)
    .values({ workspaceId: tx.workspaceId, deviceId, identityId, contactId, createdAt: tx.now, ...made })
    .onConflictDoNothing({ target: [conversations.workspaceId, conversations.deviceId, conversations.identityId] })
    .returning({ id: conversations.id });
  // A member may have begun to write to them in this very moment.
  const [met] = inserted === undefined ? await find() : [made];
  if (met === undefined) throw new Error('a conversation that exists cannot be seen');
  if (inserted !== undefined) tx.publish({ type: 'conversation.changed', conversationId: made.id });
  return met;
};

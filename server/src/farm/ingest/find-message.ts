import type { MessageKey } from '@waxos/contract/node-link/identities';
import { and, eq, isNull } from 'drizzle-orm';
import { messages } from '../../db/schema/messages.ts';
import { findIdentity } from './find-identity.ts';
import type { Identity } from './identity.ts';
import { openConversation, type Conversation } from './open-conversation.ts';
import type { Told } from './told.ts';

/** Where a message belongs, by the people it names and not by the addresses they came under. */
export interface Place {
  conversation: Conversation;
  identity: Identity;
  /** In a group, of whoever else wrote it. */
  authorId: string | null;
}

export const findPlace = async ({ tx, device }: Pick<Told, 'tx' | 'device'>, { chat, fromMe, author }: MessageKey): Promise<Place> => {
  const identity = await findIdentity(tx, chat);
  const authorId = chat.kind === 'group' && !fromMe && author !== undefined ? (await findIdentity(tx, { kind: 'person', person: author })).id : null;
  return { conversation: await openConversation(tx, device.id, identity), identity, authorId };
};

export type KnownMessage = typeof messages.$inferSelect;

export const findMessage = async ({ tx }: Pick<Told, 'tx'>, { conversation, authorId }: Place, { id, fromMe }: Pick<MessageKey, 'id' | 'fromMe'>): Promise<KnownMessage | undefined> => {
  const [found] = await tx.db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, tx.workspaceId),
        eq(messages.conversationId, conversation.id),
        eq(messages.stanzaId, id),
        eq(messages.fromMe, fromMe),
        authorId === null ? isNull(messages.authorId) : eq(messages.authorId, authorId),
      ),
    );
  return found;
};

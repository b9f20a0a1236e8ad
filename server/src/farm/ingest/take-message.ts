import type { Message } from '@waxos/contract/node-link/contents';
import { and, eq, sql } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { conversations } from '../../db/schema/conversations.ts';
import { messages } from '../../db/schema/messages.ts';
import { applyEarlyFacts } from './early-facts.ts';
import { findMessage, findPlace, type Place } from './find-message.ts';
import { renewMessage } from './renew-message.ts';
import { takeReaction, takeVote } from './take-opinions.ts';
import type { EventOf, Told } from './told.ts';
import { wantMedia } from './want-media.ts';

/** A message as the session sees it: new, or seen before and perhaps changed. */
export const takeMessage = async (told: Told<EventOf<'message.seen'>>): Promise<void> => {
  const { message } = told.event;
  const place = await findPlace(told, message.key);
  const known = await findMessage(told, place, message.key);
  if (known === undefined) await addMessage(told, place);
  else await renewMessage(told, known);
  for (const reaction of message.reactions ?? []) await takeReaction({ ...told, event: { type: 'message.reacted', key: message.key, ...reaction } });
  for (const vote of message.votes ?? []) await takeVote({ ...told, event: { type: 'message.voted', key: message.key, ...vote } });
};

const addMessage = async (told: Told<EventOf<'message.seen'>>, place: Place): Promise<void> => {
  const { tx, event } = told;
  const { message, source } = event;
  const { conversation, authorId } = place;
  const id = newId();
  await tx.db.insert(messages).values({
    workspaceId: tx.workspaceId,
    id,
    conversationId: conversation.id,
    firstConversationId: conversation.id,
    fromMe: message.key.fromMe,
    authorId,
    stanzaId: message.key.id,
    // Not of ours, or it would be here: it was written on the phone itself.
    sentByKind: message.key.fromMe ? 'phone' : null,
    at: message.at,
    position: message.order ?? 0,
    kind: message.content.kind,
    content: message.content,
    quoted: message.quoted ?? null,
    mentions: message.mentions ?? null,
    forwarded: message.forwarded ?? null,
    ack: message.ack,
    sending: null,
    editedAt: message.editedAt ?? null,
    revokedAt: message.content.kind === 'revoked' ? told.at : null,
    disappearsAfter: message.disappearsAfter ?? null,
    source,
    createdAt: tx.now,
  });
  tx.publish({ type: 'message.added', conversationId: conversation.id, messageId: id });
  await moveConversation(told, place, id);
  if (source !== 'history') await wantMedia(told, { message, messageId: id, conversationId: conversation.id });
  await applyEarlyFacts(told, { conversationId: conversation.id, key: message.key });
  await learnPushName(told, place, message);
};

const moveConversation = async ({ tx, event }: Told<EventOf<'message.seen'>>, { conversation }: Place, messageId: string): Promise<void> => {
  const { at, key } = event.message;
  const isNewest = conversation.lastMessageAt === null || at >= conversation.lastMessageAt;
  const inbound = key.fromMe ? {} : { lastInboundAt: sql`greatest(${conversations.lastInboundAt}, ${at}::bigint)` };
  if (!isNewest && key.fromMe) return;
  await tx.db
    .update(conversations)
    .set({ ...(isNewest ? { lastMessageAt: at, lastMessageId: messageId } : {}), ...inbound })
    .where(and(eq(conversations.workspaceId, tx.workspaceId), eq(conversations.id, conversation.id)));
};

/** As somebody calls themselves, in a group or alone; the newest name is the true one. */
const learnPushName = async ({ tx }: Told, { identity, authorId }: Place, { key, pushName }: Message): Promise<void> => {
  if (pushName === undefined || key.fromMe) return;
  await tx.db.execute(sql`update identities set push_name = ${pushName} where workspace_id = ${tx.workspaceId} and id = ${authorId ?? identity.id} and push_name is distinct from ${pushName}`);
};

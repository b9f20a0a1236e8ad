import { and, eq, sql } from 'drizzle-orm';
import { conversations } from '../../db/schema/conversations.ts';
import { findIdentity } from './find-identity.ts';
import { openConversation } from './open-conversation.ts';
import type { EventOf, Told } from './told.ts';

/** What a phone and WhatsApp know of people, groups and chats. */
export const takeChat = async ({ tx, device, event }: Told<EventOf<'chat.changed'>>): Promise<void> => {
  const identity = await findIdentity(tx, event.chat);
  const { name, unread, archived } = event;
  if (name !== undefined) await renameIdentity(tx, identity.id, { phone_name: name });
  const conversation = await openConversation(tx, device.id, identity);
  if (unread === undefined && archived === undefined && name === undefined) return;
  const change = { ...(unread === undefined ? {} : { unread: Math.max(0, unread) }), ...(archived === undefined ? {} : { archived }) };
  if (Object.keys(change).length > 0)
    await tx.db
      .update(conversations)
      .set(change)
      .where(and(eq(conversations.workspaceId, tx.workspaceId), eq(conversations.id, conversation.id)));
  tx.publish({ type: 'conversation.changed', conversationId: conversation.id });
};

export const takePerson = async ({ tx, event }: Told<EventOf<'person.changed'>>): Promise<void> => {
  const identity = await findIdentity(tx, { kind: 'person', person: event.person });
  await renameIdentity(tx, identity.id, { phone_name: event.name, push_name: event.pushName });
  if (event.business !== undefined) await tx.db.execute(sql`update identities set is_business = ${event.business} where workspace_id = ${tx.workspaceId} and id = ${identity.id}`);
  tx.publish({ type: 'contact.changed', contactId: identity.contactId });
};

export const takeGroup = async ({ tx, event }: Told<EventOf<'group.changed'>>): Promise<void> => {
  const identity = await findIdentity(tx, { kind: 'group', group: event.group });
  if (event.subject !== undefined) await renameIdentity(tx, identity.id, { phone_name: event.subject });
  tx.publish({ type: 'contact.changed', contactId: identity.contactId });
};

export const takePicture = async ({ tx, event }: Told<EventOf<'picture.changed'>>): Promise<void> => {
  const identity = await findIdentity(tx, event.chat);
  tx.publish({ type: 'contact.changed', contactId: identity.contactId });
};

export const takeCall = async ({ tx, device, event }: Told<EventOf<'call.noticed'>>): Promise<void> => {
  const identity = await findIdentity(tx, { kind: 'person', person: event.from });
  const conversation = await openConversation(tx, device.id, identity);
  tx.publish({ type: 'call.noticed', deviceId: device.id, conversationId: conversation.id, video: event.video });
};

interface Names {
  phone_name?: string | undefined;
  push_name?: string | undefined;
}

const renameIdentity = async ({ db, workspaceId }: Told['tx'], id: string, { phone_name: phoneName, push_name: pushName }: Names): Promise<void> => {
  await db.execute(sql`
    update identities set phone_name = coalesce(${phoneName ?? null}, phone_name), push_name = coalesce(${pushName ?? null}, push_name)
    where workspace_id = ${workspaceId} and id = ${id}`);
};

import { and, eq, isNull, sql } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { conversations } from '../../db/schema/conversations.ts';
import { identities } from '../../db/schema/identities.ts';
import { identityMerges } from '../../db/schema/identity-merges.ts';
import type { Tx } from '../../db/tenant.ts';
import type { Identity } from './identity.ts';
import { openConversation } from './open-conversation.ts';

interface Merge {
  kept: Identity;
  merged: Identity;
  numbers: { phone: string; lid: string };
}

/**
 * Two identities were one person. Messages go to the conversations of the one that is kept, and remember where they
 * were; a message that is in both stays where it was too, and is shown once. So all of it can be undone.
 */
export const mergeIdentities = async (tx: Tx, { kept, merged, numbers }: Merge): Promise<Identity> => {
  await tx.db.insert(identityMerges).values({ workspaceId: tx.workspaceId, id: newId(), keptId: kept.id, mergedId: merged.id, keptPhone: kept.phone, keptLid: kept.lid, why: 'phone_and_lid', mergedAt: tx.now });
  // First: a number belongs to one identity at a time.
  await tx.db
    .update(identities)
    .set({ mergedInto: kept.id })
    .where(and(eq(identities.workspaceId, tx.workspaceId), eq(identities.id, merged.id)));
  await tx.db
    .update(identities)
    .set(numbers)
    .where(and(eq(identities.workspaceId, tx.workspaceId), eq(identities.id, kept.id)));
  const one = { ...kept, ...numbers };
  const moved = await tx.db
    .select({ id: conversations.id, deviceId: conversations.deviceId })
    .from(conversations)
    .where(and(eq(conversations.workspaceId, tx.workspaceId), eq(conversations.identityId, merged.id), isNull(conversations.mergedInto)));
  for (const from of moved) await moveConversation(tx, from.id, (await openConversation(tx, from.deviceId, one)).id);
  await moveAuthor(tx, merged.id, kept.id);
  tx.publish({ type: 'contact.changed', contactId: kept.contactId });
  return one;
};

const moveConversation = async ({ db, workspaceId, publish }: Tx, from: string, into: string): Promise<void> => {
  await db.execute(sql`
    update messages m set conversation_id = ${into}
    where workspace_id = ${workspaceId} and conversation_id = ${from} and not exists (
      select from messages o where o.workspace_id = m.workspace_id and o.conversation_id = ${into}
        and o.stanza_id = m.stanza_id and o.from_me = m.from_me and o.author_id is not distinct from m.author_id)`);
  for (const table of [sql`early_facts`, sql`device_commands`]) await db.execute(sql`update ${table} set conversation_id = ${into} where workspace_id = ${workspaceId} and conversation_id = ${from}`);
  // The state of whichever was spoken in last is the state of both.
  await db.execute(sql`
    update conversations kept set
      status = case when coalesce(kept.last_message_at, 0) >= coalesce(gone.last_message_at, 0) then kept.status else gone.status end,
      last_message_id = case when coalesce(kept.last_message_at, 0) >= coalesce(gone.last_message_at, 0) then kept.last_message_id else gone.last_message_id end,
      last_message_at = greatest(kept.last_message_at, gone.last_message_at),
      last_inbound_at = greatest(kept.last_inbound_at, gone.last_inbound_at),
      unread = kept.unread + gone.unread
    from conversations gone
    where kept.workspace_id = ${workspaceId} and kept.id = ${into} and gone.workspace_id = ${workspaceId} and gone.id = ${from}`);
  await db.execute(sql`update conversations set merged_into = ${into} where workspace_id = ${workspaceId} and id = ${from}`);
  publish({ type: 'conversation.merged', conversationId: from, into });
};

/** What they wrote, felt and chose in groups; what is there under both names already is there once. */
const moveAuthor = async ({ db, workspaceId }: Tx, from: string, into: string): Promise<void> => {
  await db.execute(sql`
    update messages m set author_id = ${into}, first_author_id = coalesce(first_author_id, author_id)
    where workspace_id = ${workspaceId} and author_id = ${from} and not exists (
      select from messages o where o.workspace_id = m.workspace_id and o.conversation_id = m.conversation_id
        and o.stanza_id = m.stanza_id and o.from_me = m.from_me and o.author_id = ${into})`);
  await db.execute(sql`delete from messages where workspace_id = ${workspaceId} and author_id = ${from}`);
  for (const table of [sql`reactions`, sql`poll_votes`]) {
    await db.execute(sql`
      update ${table} r set by_id = ${into}
      where workspace_id = ${workspaceId} and by_id = ${from} and not exists (
        select from ${table} o where o.workspace_id = r.workspace_id and o.message_id = r.message_id and o.by_id = ${into})`);
    await db.execute(sql`delete from ${table} where workspace_id = ${workspaceId} and by_id = ${from}`);
  }
};

import type { Person } from '@waxos/contract/node-link/identities';
import { sql } from 'drizzle-orm';
import { pollVotes } from '../../db/schema/poll-votes.ts';
import { reactions } from '../../db/schema/reactions.ts';
import { keepEarlyFact } from './early-facts.ts';
import { findIdentity } from './find-identity.ts';
import { findMessage, findPlace } from './find-message.ts';
import type { EventOf, Told } from './told.ts';

/** One of each person; the later one counts, and one that was taken back stays as an empty one. */
export const takeReaction = async (told: Told<EventOf<'message.reacted'>>): Promise<void> => {
  const { tx, event } = told;
  const found = await findOpinion(told);
  if (found === undefined) return;
  const { emoji, at } = event;
  const written = await tx.db
    .insert(reactions)
    .values({ workspaceId: tx.workspaceId, messageId: found.messageId, byId: found.byId, emoji, at })
    .onConflictDoUpdate({ target: [reactions.workspaceId, reactions.messageId, reactions.byId], set: { emoji, at }, setWhere: sql`reactions.at <= ${at} and reactions.emoji is distinct from ${emoji}` })
    .returning({ at: reactions.at });
  if (written.length > 0) tx.publish({ type: 'message.changed', conversationId: found.conversationId, messageId: found.messageId });
};

export const takeVote = async (told: Told<EventOf<'message.voted'>>): Promise<void> => {
  const { tx, event } = told;
  const found = await findOpinion(told);
  if (found === undefined) return;
  const { at } = event;
  const options = event.options.toSorted((a, b) => a - b);
  const written = await tx.db
    .insert(pollVotes)
    .values({ workspaceId: tx.workspaceId, messageId: found.messageId, byId: found.byId, options, at })
    .onConflictDoUpdate({ target: [pollVotes.workspaceId, pollVotes.messageId, pollVotes.byId], set: { options, at }, setWhere: sql`poll_votes.at <= ${at} and poll_votes.options is distinct from excluded.options` })
    .returning({ at: pollVotes.at });
  if (written.length > 0) tx.publish({ type: 'message.changed', conversationId: found.conversationId, messageId: found.messageId });
};

interface Opinion {
  conversationId: string;
  messageId: string;
  /** Null where it is of the device itself. */
  byId: string | null;
}

const findOpinion = async (told: Told<EventOf<'message.reacted'> | EventOf<'message.voted'>>): Promise<Opinion | undefined> => {
  const { event, tx, device } = told;
  const place = await findPlace(told, event.key);
  const known = await findMessage(told, place, event.key);
  if (known === undefined) {
    await keepEarlyFact(told, { conversationId: place.conversation.id, key: event.key });
    return undefined;
  }
  const byId = isDevice(device, event.by) ? null : (await findIdentity(tx, { kind: 'person', person: event.by })).id;
  return { conversationId: known.conversationId, messageId: known.id, byId };
};

const isDevice = ({ phone, lid }: Told['device'], by: Person): boolean => (phone !== null && by.phone === phone) || (lid !== null && by.lid === lid);

import type { Message } from '@waxos/contract/node-link/contents';
import { and, eq } from 'drizzle-orm';
import { messages } from '../../db/schema/messages.ts';
import type { KnownMessage } from './find-message.ts';
import { settleCommand } from './settle-command.ts';
import type { EventOf, Told } from './told.ts';

type Change = Partial<typeof messages.$inferInsert>;

/**
 * A message that is known was told again: by a reading back, by the phone that undid it, or because it is ours. Each
 * thing about it only goes forward, so that an old telling changes nothing.
 */
export const renewMessage = async ({ tx, event, at }: Told<EventOf<'message.seen'>>, known: KnownMessage): Promise<void> => {
  const { message } = event;
  const change: Change = { ...newContent(known, message, at), ...newAck(known, message), ...newPlace(known, message) };
  if (Object.keys(change).length === 0) return;
  await tx.db
    .update(messages)
    .set(change)
    .where(and(eq(messages.workspaceId, tx.workspaceId), eq(messages.id, known.id)));
  if (change.sending === 'sent') await settleCommand(tx, known.id);
  tx.publish({ type: 'message.changed', conversationId: known.conversationId, messageId: known.id });
};

const newContent = (known: KnownMessage, { content, editedAt }: Message, at: Date): Change => {
  if (known.revokedAt !== null) return {};
  // What was taken back is gone here too.
  if (content.kind === 'revoked') return { content, kind: content.kind, revokedAt: at, quoted: null, mentions: null };
  if (known.kind === 'undecrypted' && content.kind !== 'undecrypted') return { content, kind: content.kind };
  if (editedAt !== undefined && editedAt > (known.editedAt ?? 0)) return { content, kind: content.kind, editedAt };
  return {};
};

/** That it is with the server settles how it was sent, whatever was thought before. */
const newAck = (known: KnownMessage, { ack }: Message): Change => {
  const sent: Change = ack >= 1 && known.sending !== null && known.sending !== 'sent' ? { sending: 'sent', failure: null } : {};
  return ack > known.ack ? { ack, ...sent } : sent;
};

/** Ours stands where our clock put it until the network says when it was. */
const newPlace = (known: KnownMessage, { at, order }: Message): Change => {
  if (known.source !== 'ours') return known.position === 0 && order !== undefined && order !== 0 ? { position: order } : {};
  return at === known.at && (order ?? 0) === known.position ? {} : { at, position: order ?? 0 };
};

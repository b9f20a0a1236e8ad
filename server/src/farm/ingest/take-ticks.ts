import { and, eq } from 'drizzle-orm';
import { messages } from '../../db/schema/messages.ts';
import { keepEarlyFact } from './early-facts.ts';
import { findMessage, findPlace } from './find-message.ts';
import { settleCommand } from './settle-command.ts';
import type { EventOf, Told } from './told.ts';

/** Ticks only rise; one that comes before its message waits for it. */
export const takeTick = async (told: Told<EventOf<'message.acked'>>): Promise<void> => {
  const { tx, event } = told;
  const place = await findPlace(told, event.key);
  const known = await findMessage(told, place, event.key);
  if (known === undefined) return keepEarlyFact(told, { conversationId: place.conversation.id, key: event.key });
  const { ack } = event;
  // The network's last word is that it failed, unless it had it already.
  const isNews = ack === -1 ? known.ack === 0 : ack > known.ack;
  if (!isNews) return;
  const sending = known.sending === null ? {} : sendingAfter(ack);
  await tx.db
    .update(messages)
    .set({ ack, ...sending })
    .where(and(eq(messages.workspaceId, tx.workspaceId), eq(messages.id, known.id)));
  if (sending.sending !== undefined) await settleCommand(tx, known.id);
  tx.publish({ type: 'message.changed', conversationId: known.conversationId, messageId: known.id });
};

const sendingAfter = (ack: number): Partial<typeof messages.$inferInsert> => {
  if (ack >= 1) return { sending: 'sent', failure: null };
  return ack === -1 ? { sending: 'failed', failure: 'refused' } : {};
};

export const takeHidden = async (told: Told<EventOf<'message.hidden'>>): Promise<void> => {
  const { tx, event, at } = told;
  const place = await findPlace(told, event.key);
  const known = await findMessage(told, place, event.key);
  if (known === undefined) return keepEarlyFact(told, { conversationId: place.conversation.id, key: event.key });
  if (known.hiddenAt !== null) return;
  await tx.db
    .update(messages)
    .set({ hiddenAt: at })
    .where(and(eq(messages.workspaceId, tx.workspaceId), eq(messages.id, known.id)));
  tx.publish({ type: 'message.changed', conversationId: known.conversationId, messageId: known.id });
};

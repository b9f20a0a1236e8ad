import { and, eq, notInArray } from 'drizzle-orm';
import { deviceCommands } from '../../db/schema/device-commands.ts';
import { messageMedia } from '../../db/schema/message-media.ts';
import { messages } from '../../db/schema/messages.ts';
import { findMessage, findPlace } from './find-message.ts';
import type { EventOf, Told } from './told.ts';

/** What came of a command. A message that is known to be with the server stays sent, whatever a later answer thinks. */
export const takeSendOutcome = async ({ tx, device, event }: Told<EventOf<'send.ended'>>): Promise<void> => {
  const { command, result } = event;
  const state = result.outcome === 'checking' || result.outcome === 'uncertain' ? result.outcome : 'done';
  const [ended] = await tx.db
    .update(deviceCommands)
    .set({ state, outcome: result, endedAt: state === 'done' ? tx.now : null })
    .where(and(eq(deviceCommands.workspaceId, tx.workspaceId), eq(deviceCommands.deviceId, device.id), eq(deviceCommands.id, command), notInArray(deviceCommands.state, ['done', 'cancelled'])))
    .returning({ messageId: deviceCommands.messageId, command: deviceCommands.command });
  if (ended === undefined || ended.messageId === null || ended.command.type !== 'message.send') return;
  const change = changeBy(result);
  const [changed] = await tx.db
    .update(messages)
    .set(change)
    .where(and(eq(messages.workspaceId, tx.workspaceId), eq(messages.id, ended.messageId), notInArray(messages.sending, ['sent'])))
    .returning({ conversationId: messages.conversationId, id: messages.id });
  if (changed !== undefined) tx.publish({ type: 'message.changed', conversationId: changed.conversationId, messageId: changed.id });
};

const changeBy = (result: EventOf<'send.ended'>['result']): Partial<typeof messages.$inferInsert> => {
  switch (result.outcome) {
    case 'sent':
      return { sending: 'sent', failure: null, ack: 1, at: result.at };
    case 'checking':
    case 'uncertain':
      return { sending: result.outcome, failure: null };
    case 'failed':
      return { sending: 'failed', failure: result.reason };
  }
};

/** That bytes were stored is written where they are received; here, why they were not. */
export const takeUploadOutcome = async (told: Told<EventOf<'upload.ended'>>): Promise<void> => {
  const { tx, event } = told;
  const { upload, outcome } = event;
  if (upload.what !== 'media' || outcome === 'stored') return;
  const place = await findPlace(told, upload.key);
  const known = await findMessage(told, place, upload.key);
  if (known === undefined) return;
  await tx.db
    .update(messageMedia)
    .set({ state: outcome })
    .where(and(eq(messageMedia.workspaceId, tx.workspaceId), eq(messageMedia.messageId, known.id), notInArray(messageMedia.state, ['stored'])));
  tx.publish({ type: 'message.changed', conversationId: known.conversationId, messageId: known.id });
};

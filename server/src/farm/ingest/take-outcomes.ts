import { and, eq, notInArray } from 'drizzle-orm';
import { deviceCommands } from '../../db/schema/device-commands.ts';
import { deviceLeases } from '../../db/schema/device-leases.ts';
import { messageMedia } from '../../db/schema/message-media.ts';
import { messages } from '../../db/schema/messages.ts';
import { findMessage, findPlace } from './find-message.ts';
import type { EventOf, Told } from './told.ts';

/** A node could not do it, and did not begin: it keeps its place and is asked for again. */
const forNow: readonly string[] = ['not_ready', 'too_late', 'capped'];
const retryMs = 5_000;

/** What came of a command. A message that is known to be with the server stays sent, whatever a later answer thinks. */
export const takeSendOutcome = async (told: Told<EventOf<'send.ended'>>): Promise<void> => {
  const { tx, device, event } = told;
  // A search for a message answers for the message.
  const [id = '', searched] = event.command.split('/');
  if (!isId(id)) return;
  const [given] = await tx.db
    .select()
    .from(deviceCommands)
    .where(and(eq(deviceCommands.workspaceId, tx.workspaceId), eq(deviceCommands.deviceId, device.id), eq(deviceCommands.id, id), notInArray(deviceCommands.state, ['done', 'cancelled', 'waiting'])))
    .for('update');
  if (given === undefined) return;
  const isMessage = given.command.type === 'message.send';
  const result = searched !== undefined && event.result.outcome === 'uncertain' && (await endedCleanly(told, given)) ? ({ outcome: 'failed', reason: 'not_ready' } as const) : event.result;
  const state = stateAfter(result, { isMessage, tries: given.tries });
  await tx.db
    .update(deviceCommands)
    .set({ state, outcome: result, endedAt: state === 'done' ? tx.now : null, ...(state === 'waiting' ? { retryAt: new Date(tx.now.getTime() + retryMs), givenAt: null, checkedEpoch: null } : {}) })
    .where(and(eq(deviceCommands.workspaceId, tx.workspaceId), eq(deviceCommands.id, id)));
  if (isMessage && given.messageId !== null) await markMessage(tx, given.messageId, state === 'waiting' ? { sending: 'queued', failure: null } : changeBy(result));
};

/** The browser in which it may have been sent closed cleanly: what its profile lacks never left. */
const endedCleanly = async ({ tx, device }: Told, { givenEpoch }: { givenEpoch: number | null }): Promise<boolean> => {
  const [lease] = await tx.db
    .select({ cleanEpoch: deviceLeases.cleanEpoch })
    .from(deviceLeases)
    .where(and(eq(deviceLeases.workspaceId, tx.workspaceId), eq(deviceLeases.deviceId, device.id)));
  return givenEpoch !== null && lease?.cleanEpoch === givenEpoch;
};

type Result = EventOf<'send.ended'>['result'];
const triesMax = 3;

const stateAfter = (result: Result, { isMessage, tries }: { isMessage: boolean; tries: number }): typeof deviceCommands.$inferSelect.state => {
  if (result.outcome === 'failed') return forNow.includes(result.reason) ? 'waiting' : 'done';
  if (result.outcome === 'sent') return 'done';
  // A change that is made twice is the same change; a message is not.
  if (isMessage) return result.outcome;
  return tries < triesMax ? 'waiting' : 'done';
};

const markMessage = async (tx: Told['tx'], messageId: string, change: Partial<typeof messages.$inferInsert>): Promise<void> => {
  const [changed] = await tx.db
    .update(messages)
    .set(change)
    .where(and(eq(messages.workspaceId, tx.workspaceId), eq(messages.id, messageId), notInArray(messages.sending, ['sent'])))
    .returning({ conversationId: messages.conversationId, id: messages.id });
  if (changed !== undefined) tx.publish({ type: 'message.changed', conversationId: changed.conversationId, messageId: changed.id });
};

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const changeBy = (result: Result): Partial<typeof messages.$inferInsert> => {
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

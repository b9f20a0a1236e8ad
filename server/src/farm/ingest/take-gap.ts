import { newId } from '../../db/ids.ts';
import { gaps } from '../../db/schema/gaps.ts';
import { findIdentity } from './find-identity.ts';
import { openConversation } from './open-conversation.ts';
import type { EventOf, Told } from './told.ts';

/** Shown where it is, in the conversation or in all of the device's, until it is closed. */
export const takeGap = async ({ tx, device, event }: Told<EventOf<'gap.found'>>): Promise<void> => {
  const conversationId = event.chat === undefined ? null : (await openConversation(tx, device.id, await findIdentity(tx, event.chat))).id;
  const [found] = await tx.db
    .insert(gaps)
    .values({ workspaceId: tx.workspaceId, id: newId(), deviceId: device.id, conversationId, fromAt: event.from, toAt: event.to, foundAt: tx.now })
    .onConflictDoNothing()
    .returning({ id: gaps.id });
  if (found !== undefined) tx.publish({ type: 'gap.found', deviceId: device.id, conversationId });
};

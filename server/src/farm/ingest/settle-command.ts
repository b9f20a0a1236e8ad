import { and, eq, inArray } from 'drizzle-orm';
import { deviceCommands } from '../../db/schema/device-commands.ts';
import type { Tx } from '../../db/tenant.ts';

/** The network has the message: nobody needs to look for it any more, and what waits behind it may go. */
export const settleCommand = async (tx: Tx, messageId: string): Promise<void> => {
  await tx.db
    .update(deviceCommands)
    .set({ state: 'done', endedAt: tx.now })
    .where(and(eq(deviceCommands.workspaceId, tx.workspaceId), eq(deviceCommands.messageId, messageId), inArray(deviceCommands.state, ['given', 'checking', 'uncertain'])));
};

import type { MessageKey } from '@waxos/contract/node-link/identities';
import { and, eq } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { earlyFacts } from '../../db/schema/early-facts.ts';
import type { Told } from './told.ts';

interface Of {
  conversationId: string;
  key: Pick<MessageKey, 'id' | 'fromMe'>;
}

/** It came before its message, which may still be read back. */
export const keepEarlyFact = async ({ tx, event, at }: Told, { conversationId, key }: Of): Promise<void> => {
  await tx.db.insert(earlyFacts).values({ workspaceId: tx.workspaceId, id: newId(), conversationId, stanzaId: key.id, fromMe: key.fromMe, event, toldAt: at });
};

/** In the order in which they were told. One of another author's message with the same id goes back to waiting. */
export const applyEarlyFacts = async (told: Told, { conversationId, key }: Of): Promise<void> => {
  const { tx } = told;
  const waiting = await tx.db
    .delete(earlyFacts)
    .where(and(eq(earlyFacts.workspaceId, tx.workspaceId), eq(earlyFacts.conversationId, conversationId), eq(earlyFacts.stanzaId, key.id), eq(earlyFacts.fromMe, key.fromMe)))
    .returning({ id: earlyFacts.id, event: earlyFacts.event, toldAt: earlyFacts.toldAt });
  for (const { event, toldAt } of waiting.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await told.take({ ...told, event, at: toldAt });
};

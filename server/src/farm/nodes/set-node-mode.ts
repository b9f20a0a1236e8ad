import { AppError } from '@waxos/contract/app-error';
import { and, eq, isNull } from 'drizzle-orm';
import { nodes } from '../../db/schema/nodes.ts';
import type { SystemTx } from '../../db/tenant.ts';

export type NodeMode = (typeof nodes.$inferSelect)['mode'];

/** Cordoned, it gets nothing more; draining, what it has is closed one by one and runs elsewhere. */
export const setNodeMode = async (tx: SystemTx, { name, mode }: { name: string; mode: NodeMode }): Promise<void> => {
  const [node] = await tx.db
    .update(nodes)
    .set({ mode })
    .where(and(eq(nodes.name, name), isNull(nodes.revokedAt)))
    .returning({ id: nodes.id });
  if (node === undefined) throw new AppError('NOT_FOUND');
};

import { AppError } from '@waxos/contract/app-error';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { nodes } from '../../db/schema/nodes.ts';
import type { SystemTx } from '../../db/tenant.ts';

/** Its link ends within a second, wherever it is; its leases are not renewed any more. The row stays, for what it ran. */
export const revokeNode = async (tx: SystemTx, name: string): Promise<{ id: string }> => {
  const [node] = await tx.db
    .update(nodes)
    .set({ revokedAt: sql`now()`, previousTokenHash: null })
    .where(and(eq(nodes.name, name), isNull(nodes.revokedAt)))
    .returning({ id: nodes.id });
  if (node === undefined) throw new AppError('NOT_FOUND');
  return node;
};

import { AppError } from '@waxos/contract/app-error';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { nodes } from '../../db/schema/nodes.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { hashToken, newToken } from '../../secrets/tokens.ts';
import type { AddedNode } from './add-node.ts';

/**
 * The token before opens until the node has come with the new one. Rotated again meanwhile, it is still the one that the
 * node has; the token between, which it never had, opens nothing any more.
 */
export const rotateNodeToken = async (tx: SystemTx, name: string): Promise<AddedNode> => {
  const token = newToken();
  const [node] = await tx.db
    .update(nodes)
    .set({ tokenHash: hashToken(token), previousTokenHash: sql`coalesce(${nodes.previousTokenHash}, ${nodes.tokenHash})`, tokenRotatedAt: tx.now })
    .where(and(eq(nodes.name, name), isNull(nodes.revokedAt)))
    .returning({ id: nodes.id });
  if (node === undefined) throw new AppError('NOT_FOUND');
  return { id: node.id, name, token };
};

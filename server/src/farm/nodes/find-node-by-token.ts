import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { nodes } from '../../db/schema/nodes.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { hashToken } from '../../secrets/tokens.ts';

export interface KnownNode {
  id: string;
  name: string;
}

/** Once a node has come with its new token, the one before opens nothing any more. */
export const findNodeByToken = async (tx: SystemTx, token: string): Promise<KnownNode | undefined> => {
  const hash = hashToken(token);
  const [node] = await tx.db
    .select({ id: nodes.id, name: nodes.name, isNew: eq(nodes.tokenHash, hash).mapWith(Boolean), hasPrevious: sql<boolean>`${nodes.previousTokenHash} is not null` })
    .from(nodes)
    .where(and(or(eq(nodes.tokenHash, hash), eq(nodes.previousTokenHash, hash)), isNull(nodes.revokedAt)));
  if (node === undefined) return undefined;
  if (node.isNew && node.hasPrevious) await tx.db.update(nodes).set({ previousTokenHash: null }).where(and(eq(nodes.id, node.id), eq(nodes.tokenHash, hash)));
  return { id: node.id, name: node.name };
};

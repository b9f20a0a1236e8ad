import { and, eq, isNull } from 'drizzle-orm';
import { nodes } from '../../db/schema/nodes.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { addNode, type AddedNode } from './add-node.ts';
import { rotateNodeToken } from './rotate-node-token.ts';

/** A token for a node of this name, which is made where there is none. */
export const issueNodeToken = async (tx: SystemTx, { name, labels }: { name: string; labels: readonly string[] }): Promise<AddedNode> => {
  const [known] = await tx.db
    .update(nodes)
    .set({ labels: [...labels] })
    .where(and(eq(nodes.name, name), isNull(nodes.revokedAt)))
    .returning({ id: nodes.id });
  return known === undefined ? addNode(tx, { name, labels }) : rotateNodeToken(tx, name);
};

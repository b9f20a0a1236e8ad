import { AppError } from '@waxos/contract/app-error';
import { newId } from '../../db/ids.ts';
import { nodes } from '../../db/schema/nodes.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { hashToken, newToken } from '../../secrets/tokens.ts';

interface NewNode {
  name: string;
  region?: string | undefined;
  labels?: readonly string[] | undefined;
}

export interface AddedNode {
  id: string;
  name: string;
  /** Said this once; only its hash is kept. */
  token: string;
}

const NAME = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/;

/** A name is free again once its node is revoked. */
export const addNode = async (tx: SystemTx, { name, region = '', labels = [] }: NewNode): Promise<AddedNode> => {
  if (!NAME.test(name)) throw new AppError('BAD_INPUT', { fields: { name: 'invalid' } });
  const token = newToken();
  const added = await tx.db
    .insert(nodes)
    .values({ id: newId(), name, tokenHash: hashToken(token), tokenRotatedAt: tx.now, region, labels: [...labels], createdAt: tx.now })
    .onConflictDoNothing()
    .returning({ id: nodes.id });
  const [node] = added;
  if (node === undefined) throw new AppError('CONFLICT');
  return { id: node.id, name, token };
};

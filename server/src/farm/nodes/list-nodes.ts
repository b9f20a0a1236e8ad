import { asc, count, eq, isNull, sql } from 'drizzle-orm';
import { deviceLeases } from '../../db/schema/device-leases.ts';
import { gateways } from '../../db/schema/gateways.ts';
import { nodeLinks } from '../../db/schema/node-links.ts';
import { nodes } from '../../db/schema/nodes.ts';
import type { SystemTx } from '../../db/tenant.ts';

type Row = typeof nodes.$inferSelect;

/** A node as the operator sees it: nothing of its token but when it was changed. */
export type ListedNode = Pick<Row, 'id' | 'name' | 'mode' | 'region' | 'labels' | 'version' | 'protocol' | 'memoryBudgetBytes' | 'load' | 'createdAt' | 'joinedAt' | 'seenAt' | 'tokenRotatedAt'> & {
  /** Null while it is not connected. */
  gatewayId: string | null;
  /** So many devices it may run now. */
  leases: number;
};

export const listNodes = async (tx: Pick<SystemTx, 'db'>): Promise<ListedNode[]> => {
  const leased = tx.db
    .select({ nodeId: deviceLeases.nodeId, leases: count().as('leases') })
    .from(deviceLeases)
    .where(sql`${deviceLeases.releasedAt} is null and ${deviceLeases.expiresAt} > now()`)
    .groupBy(deviceLeases.nodeId)
    .as('leased');
  return tx.db
    .select({
      id: nodes.id,
      name: nodes.name,
      mode: nodes.mode,
      region: nodes.region,
      labels: nodes.labels,
      version: nodes.version,
      protocol: nodes.protocol,
      memoryBudgetBytes: nodes.memoryBudgetBytes,
      load: nodes.load,
      createdAt: nodes.createdAt,
      joinedAt: nodes.joinedAt,
      seenAt: nodes.seenAt,
      tokenRotatedAt: nodes.tokenRotatedAt,
      gatewayId: gateways.id,
      leases: sql<number>`coalesce(${leased.leases}, 0)`.mapWith(Number),
    })
    .from(nodes)
    .leftJoin(nodeLinks, eq(nodeLinks.nodeId, nodes.id))
    // A gateway that died could not write that its links have ended.
    .leftJoin(gateways, sql`${gateways.id} = ${nodeLinks.gatewayId} and ${nodeLinks.endedAt} is null and ${gateways.seenAt} > now() - interval '10 seconds'`)
    .leftJoin(leased, eq(leased.nodeId, nodes.id))
    .where(isNull(nodes.revokedAt))
    .orderBy(asc(nodes.name));
};

import { sql } from 'drizzle-orm';
import type { Hello } from '@waxos/contract/node-link/frames';
import type { SystemTx } from '../../db/tenant.ts';
import type { TellingLease } from './ingest.ts';

/** Who owns a link is said by its row: a newer generation ends whatever an older one still does. */
export interface Claim {
  nodeId: string;
  gatewayId: string;
  generation: number;
}

export interface ClaimedLink {
  claim: Claim;
  /** The database's clock, in milliseconds; leases are told in it. */
  now: number;
  leases: (TellingLease & { through: number })[];
}

type Db = Pick<SystemTx, 'db'>;

/** Undefined where the node was revoked meanwhile. */
export const claimLink = async (tx: Db, { nodeId, gatewayId, hello }: { nodeId: string; gatewayId: string; hello: Hello }): Promise<ClaimedLink | undefined> => {
  const [before] = await tx.db.execute(sql`select instance from nodes where id = ${nodeId}::uuid for update`);
  const [node] = await tx.db.execute(sql`
    update nodes set version = ${hello.version}, protocol = ${hello.protocol}, instance = ${hello.instance}, memory_budget_bytes = ${hello.memoryBudgetBytes}::bigint, seen_at = now(), joined_at = coalesce(joined_at, now())
    where id = ${nodeId}::uuid and revoked_at is null
    returning floor(extract(epoch from now()) * 1000)::float8 as now`);
  if (node === undefined) return undefined;
  const instance = before?.['instance'] ?? hello.instance;
  if (instance !== hello.instance) await strandLeases(tx, nodeId);
  const [link] = await tx.db.execute(sql`
    insert into node_links (node_id, generation, gateway_id, claimed_at) values (${nodeId}::uuid, 1, ${gatewayId}::uuid, now())
    on conflict (node_id) do update set generation = node_links.generation + 1, gateway_id = excluded.gateway_id, claimed_at = now(), ended_at = null
    returning generation::float8 as generation`);
  const leases = await tx.db.execute(sql`
    select l.workspace_id, l.device_id, l.epoch::float8 as epoch, coalesce(r.seq, 0)::float8 as through
    from device_leases l left join device_readings r on r.workspace_id = l.workspace_id and r.device_id = l.device_id and r.epoch = l.epoch
    where l.node_id = ${nodeId}::uuid and l.released_at is null`);
  return {
    claim: { nodeId, gatewayId, generation: Number(link?.['generation']) },
    now: Number(node['now']),
    leases: leases.map((row) => ({ workspaceId: String(row['workspace_id']), deviceId: String(row['device_id']), epoch: Number(row['epoch']), through: Number(row['through']) })),
  };
};

/**
 * The node came from another place than before: a machine that was cut off may run on there. What it was granted is
 * nobody's until it has run out.
 */
const strandLeases = async (tx: Db, nodeId: string): Promise<void> => {
  await tx.db.execute(sql`update device_leases set node_id = null where node_id = ${nodeId}::uuid and released_at is null`);
};

/** The lease under which this node may tell of a device; also one that ran out, as long as nobody has a newer one. */
export const findLease = async (tx: Db, { nodeId, deviceId, epoch }: { nodeId: string; deviceId: string; epoch: number }): Promise<TellingLease | undefined> => {
  const [row] = await tx.db.execute(sql`select workspace_id from device_leases where device_id = ${deviceId}::uuid and node_id = ${nodeId}::uuid and epoch = ${epoch}::bigint`);
  return row === undefined ? undefined : { workspaceId: String(row['workspace_id']), deviceId, epoch };
};

export const endLink = async (tx: Db, { nodeId, gatewayId, generation }: Claim): Promise<void> => {
  await tx.db.execute(sql`update node_links set ended_at = now() where node_id = ${nodeId}::uuid and gateway_id = ${gatewayId}::uuid and generation = ${generation}::bigint and ended_at is null`);
};

export const beginGateway = async (tx: Db, gatewayId: string): Promise<void> => {
  await tx.db.execute(sql`insert into gateways (id, started_at, seen_at) values (${gatewayId}::uuid, now(), now())`);
};

/** Says that the gateway lives, and which links are its own now; those of revoked nodes are nobody's. */
export const listOwnLinks = async (tx: Db, gatewayId: string): Promise<Pick<Claim, 'nodeId' | 'generation'>[]> => {
  const rows = await tx.db.execute(sql`
    with seen as (
      insert into gateways (id, started_at, seen_at) values (${gatewayId}::uuid, now(), now()) on conflict (id) do update set seen_at = now())
    select l.node_id, l.generation::float8 as generation
    from node_links l join nodes n on n.id = l.node_id and n.revoked_at is null
    where l.gateway_id = ${gatewayId}::uuid and l.ended_at is null`);
  return rows.map((row) => ({ nodeId: String(row['node_id']), generation: Number(row['generation']) }));
};

/** It closes cleanly: nobody need wait for it to be missed. */
export const endGateway = async (tx: Db, gatewayId: string): Promise<void> => {
  await tx.db.execute(sql`update node_links set ended_at = coalesce(ended_at, now()) where gateway_id = ${gatewayId}::uuid`);
  await tx.db.execute(sql`delete from gateways where id = ${gatewayId}::uuid`);
};

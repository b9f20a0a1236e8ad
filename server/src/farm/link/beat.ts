import { sql } from 'drizzle-orm';
import type { Heartbeat, LeaseRenewal } from '@waxos/contract/node-link/frames';
import type { SystemTx } from '../../db/tenant.ts';
import type { Claim } from './claim-link.ts';

export interface Beat {
  /** The database's clock. */
  now: number;
  leases: LeaseRenewal[];
}

interface BeatOptions {
  claim: Claim;
  load: Heartbeat;
  leaseMs: number;
}

/** A lease with more of its time left need not be written again. */
const RENEW_BELOW = 0.75;

/**
 * What a node told of itself, and its leases renewed, in one statement. A lease that ran out is not renewed: the node
 * has ended it by itself, and another may have it soon. All that it has are told, since an answer before may be lost.
 * Undefined where the link is not this claim's any more.
 */
export const beat = async (tx: Pick<SystemTx, 'db'>, { claim: { nodeId, gatewayId, generation }, load, leaseMs }: BeatOptions): Promise<Beat | undefined> => {
  const [row] = await tx.db.execute(sql`
    with beating as (
      update nodes set load = ${JSON.stringify(load)}::text::jsonb, seen_at = now()
      where id = ${nodeId}::uuid and revoked_at is null and exists (
        select from node_links where node_id = nodes.id and gateway_id = ${gatewayId}::uuid and generation = ${generation}::bigint and ended_at is null)
      returning id),
    renewed as (
      update device_leases set expires_at = now() + ${leaseMs}::float8 * interval '1 millisecond'
      from beating
      where node_id = beating.id and released_at is null and expires_at > now() and expires_at < now() + ${leaseMs * RENEW_BELOW}::float8 * interval '1 millisecond'
      returning workspace_id, device_id, epoch, expires_at),
    told as (
      select jsonb_agg(jsonb_build_object('device', l.device_id, 'epoch', l.epoch, 'until', extract(epoch from coalesce(r.expires_at, l.expires_at)) * 1000)) as leases
      from device_leases l left join renewed r on r.workspace_id = l.workspace_id and r.device_id = l.device_id and r.epoch = l.epoch
      where l.node_id = ${nodeId}::uuid and l.released_at is null and l.expires_at > now())
    select (extract(epoch from now()) * 1000)::float8 as now, coalesce(told.leases, '[]'::jsonb) as leases from beating, told`);
  if (row === undefined) return undefined;
  return { now: Number(row['now']), leases: row['leases'] as LeaseRenewal[] };
};

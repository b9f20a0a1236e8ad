import { sql } from 'drizzle-orm';
import type { Heartbeat, LeaseRenewal } from '@waxos/contract/node-link/frames';
import type { SystemTx } from '../../db/tenant.ts';
import type { Claim } from './claim-link.ts';

export interface Beat {
  /** The database's clock. */
  now: number;
  /** All that it has. */
  leases: LeaseRenewal[];
  /** It has told by this heartbeat that it runs them no more. */
  released: { workspaceId: string; deviceId: string; epoch: number }[];
}

interface BeatOptions {
  claim: Claim;
  heartbeat: Heartbeat;
  leaseMs: number;
}

/** A lease with more of its time left need not be written again. */
const RENEW_BELOW = 0.75;
/** Until a start that was given must have reached its node. */
const UNSEEN_MS = 120_000;

/**
 * What a node told of itself, and its leases after it, in one statement. What it runs is renewed, unless that ran out:
 * the node has ended it by itself, and another may have it soon. What it ran before and does not name any more is over.
 * What it was never heard to run is on its way there, for a while. All that it has are told, since an answer before may
 * be lost. Undefined where the link is not this claim's any more.
 */
export const beat = async (tx: Pick<SystemTx, 'db'>, { claim: { nodeId, gatewayId, generation }, heartbeat, leaseMs }: BeatOptions): Promise<Beat | undefined> => {
  const { running, ...load } = heartbeat;
  const [row] = await tx.db.execute(sql`
    with beating as (
      update nodes set load = ${JSON.stringify(load)}::text::jsonb, seen_at = now()
      where id = ${nodeId}::uuid and revoked_at is null and exists (
        select from node_links where node_id = nodes.id and gateway_id = ${gatewayId}::uuid and generation = ${generation}::bigint and ended_at is null)
      returning id),
    judged as (
      select l.workspace_id, l.device_id, l.epoch, r.device is not null as runs, l.running_at is not null and r.device is null as is_over,
        l.expires_at > now() and l.expires_at < now() + ${leaseMs * RENEW_BELOW}::float8 * interval '1 millisecond'
          and (r.device is not null or (l.running_at is null and l.granted_at > now() - ${UNSEEN_MS}::float8 * interval '1 millisecond')) as is_due
      from beating join device_leases l on l.node_id = beating.id and l.released_at is null
      left join jsonb_to_recordset(${JSON.stringify(running)}::text::jsonb) as r(device uuid, epoch bigint) on r.device = l.device_id and r.epoch = l.epoch),
    changed as (
      update device_leases l set
        running_at = case when j.runs then coalesce(l.running_at, now()) else l.running_at end,
        released_at = case when j.is_over then now() end,
        expires_at = case when j.is_due then now() + ${leaseMs}::float8 * interval '1 millisecond' else l.expires_at end
      from judged j
      where l.workspace_id = j.workspace_id and l.device_id = j.device_id and l.epoch = j.epoch and l.node_id = ${nodeId}::uuid and l.released_at is null
        and (j.is_due or j.is_over or (j.runs and l.running_at is null))
      returning l.workspace_id, l.device_id, l.epoch, l.expires_at, l.released_at),
    told as (
      select jsonb_agg(jsonb_build_object('device', l.device_id, 'epoch', l.epoch, 'until', floor(extract(epoch from coalesce(c.expires_at, l.expires_at)) * 1000))) as leases
      from device_leases l left join changed c on c.workspace_id = l.workspace_id and c.device_id = l.device_id and c.epoch = l.epoch
      where l.node_id = ${nodeId}::uuid and l.released_at is null and c.released_at is null and l.expires_at > now()),
    ended as (
      select jsonb_agg(jsonb_build_object('workspaceId', workspace_id, 'deviceId', device_id, 'epoch', epoch)) as released from changed where released_at is not null)
    select floor(extract(epoch from now()) * 1000)::float8 as now, coalesce(told.leases, '[]'::jsonb) as leases, coalesce(ended.released, '[]'::jsonb) as released from beating, told, ended`);
  if (row === undefined) return undefined;
  return { now: Number(row['now']), leases: row['leases'] as Beat['leases'], released: row['released'] as Beat['released'] };
};

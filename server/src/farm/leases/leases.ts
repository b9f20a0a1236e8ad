import { sql, type SQL } from 'drizzle-orm';
import type { SystemTx } from '../../db/tenant.ts';

/**
 * Which node may run a device, and until when; by the database's clock alone, since every other one may be wrong.
 *
 *   none ──granted──▶ held ──heartbeats──▶ held, until later
 *                      ├──released: the node runs it no more, or somebody who knows says so──▶ free at once
 *                      └──ran out──▶ waiting, for as long as clocks may differ──▶ free
 *
 * Each grant is a new epoch, and no epoch comes twice. The row of a device is one: of two who grant at once the second
 * finds what the first has written.
 */
export interface Lease {
  workspaceId: string;
  deviceId: string;
  nodeId: string;
  epoch: number;
  /** Milliseconds, by the database's clock. */
  until: number;
}

export interface LeaseTimes {
  leaseMs: number;
  /** A node may end what ran out so much later than we think. */
  driftMs: number;
}

type Db = Pick<SystemTx, 'db'>;

const interval = (ms: number): SQL => sql`${ms}::float8 * interval '1 millisecond'`;
const columns = sql`l.workspace_id, l.device_id, l.node_id, l.epoch::float8 as epoch, floor(extract(epoch from l.expires_at) * 1000)::float8 as until`;

const toLease = (row: Record<string, unknown>): Lease => ({
  workspaceId: String(row['workspace_id']),
  deviceId: String(row['device_id']),
  nodeId: String(row['node_id']),
  epoch: Number(row['epoch']),
  until: Number(row['until']),
});

/** Undefined where another lease is in the way, or the device or the node is not there any more. */
export const grantLease = async (tx: Db, { workspaceId, deviceId, nodeId }: Pick<Lease, 'workspaceId' | 'deviceId' | 'nodeId'>, { leaseMs, driftMs }: LeaseTimes): Promise<Lease | undefined> => {
  const [row] = await tx.db.execute(sql`
    insert into device_leases as l (workspace_id, device_id, node_id, epoch, granted_at, expires_at)
    select d.workspace_id, d.id, n.id, 1, now(), now() + ${interval(leaseMs)}
    from devices d, nodes n
    where d.workspace_id = ${workspaceId}::uuid and d.id = ${deviceId}::uuid and d.removed_at is null and n.id = ${nodeId}::uuid and n.revoked_at is null
    on conflict (workspace_id, device_id) do update
      set node_id = excluded.node_id, epoch = l.epoch + 1, granted_at = now(), expires_at = excluded.expires_at, released_at = null, expired_at = null, running_at = null, leaving_at = null
      where l.released_at is not null or l.expires_at + ${interval(driftMs)} < now()
    returning ${columns}`);
  return row === undefined ? undefined : toLease(row);
};

/**
 * Nothing of the device runs on this node any more, as somebody says who knows; what the node itself says comes with its
 * heartbeats. False where the lease is not that one any more.
 */
export const releaseLease = async (tx: Db, { workspaceId, deviceId, nodeId, epoch }: Pick<Lease, 'workspaceId' | 'deviceId' | 'nodeId' | 'epoch'>): Promise<boolean> => {
  const released = await tx.db.execute(sql`
    update device_leases set released_at = now()
    where workspace_id = ${workspaceId}::uuid and device_id = ${deviceId}::uuid and node_id = ${nodeId}::uuid and epoch = ${epoch}::bigint and released_at is null
    returning 1`);
  return released.length > 0;
};

/** Leases that ran out and are free by now, each told once; whoever held them is taken for dead. */
export const expireLeases = async (tx: Db, { driftMs }: Pick<LeaseTimes, 'driftMs'>): Promise<Lease[]> => {
  const expired = await tx.db.execute(sql`
    update device_leases l set expired_at = now()
    where l.released_at is null and l.expired_at is null and l.expires_at + ${interval(driftMs)} < now()
    returning ${columns}`);
  return expired.map(toLease);
};

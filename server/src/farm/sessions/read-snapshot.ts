import type { DeviceKind } from '@waxos/contract/devices';
import { sql } from 'drizzle-orm';
import type { SystemTx } from '../../db/tenant.ts';
import type { FarmNode, Snapshot, WantedDevice } from '../placement/snapshot.ts';

/** What a session usually takes, where nobody has measured this one. */
const usualBytes = 110 * 1_024 * 1_024;

interface SnapshotOptions {
  /** A node that was silent so long takes nothing new. */
  silentMs: number;
  /** A lease that ran out may still be held so much longer. */
  driftMs: number;
}

export interface FarmSight extends Snapshot {
  workspaceOf: Map<string, string>;
}

/**
 * The farm as its rows tell: a device is where its lease is, whatever was decided before. A node that is silent keeps
 * what it has until the leases run out; only then is it known to have ended them.
 */
export const readSnapshot = async (tx: SystemTx, options: SnapshotOptions): Promise<FarmSight> => {
  const [clock] = await tx.db.execute(sql`select (extract(epoch from now()) * 1000)::float8 as now`);
  const nodes = await readNodes(tx, options);
  const devices = await readDevices(tx, options);
  return { now: Number(clock?.['now']), nodes, devices: devices.map(({ device }) => device), limits: [], moves: [], workspaceOf: new Map(devices.map(({ device, workspaceId }) => [device.id, workspaceId])) };
};

const readNodes = async ({ db }: SystemTx, { silentMs }: SnapshotOptions): Promise<FarmNode[]> => {
  const rows = await db.execute(sql`
    select n.id, n.region, n.labels, coalesce(n.version, '') as version, coalesce(n.protocol, 0) as protocol, n.mode,
      coalesce(n.memory_budget_bytes, 0)::float8 as budget, coalesce((n.load->>'memoryBytes')::float8, 0) as used,
      coalesce((extract(epoch from n.joined_at) * 1000)::float8, 0) as joined_at,
      coalesce((n.load->'sessions'->>'starting')::int, 0) as starting,
      n.seen_at > now() - ${silentMs}::float8 * interval '1 millisecond' and exists (select from node_links k where k.node_id = n.id and k.ended_at is null) as is_there
    from nodes n where n.revoked_at is null and n.joined_at is not null`);
  return rows.map((row) => ({
    id: String(row['id']),
    budgetBytes: Number(row['budget']),
    usedBytes: Number(row['used']),
    kinds: kindsOf(row['labels']),
    labels: labelsOf(row['labels']),
    region: String(row['region']),
    version: String(row['version']),
    protocol: Number(row['protocol']),
    // One that is silent is not lost while it may still hold leases: it only gets nothing more.
    state: row['is_there'] === true ? stateOf(row['mode']) : 'cordoned',
    joinedAt: Number(row['joined_at']),
    starting: Number(row['starting']),
  }));
};

const stateOf = (mode: unknown): FarmNode['state'] => (mode === 'cordoned' || mode === 'draining' ? mode : 'ready');

/** Said by labels, since only the node's host knows: one whose browsers run as root opens pretend devices only. */
const kindsOf = (labels: unknown): DeviceKind[] => {
  const kinds = labelsOf(labels).filter((label): label is `kind:${DeviceKind}` => label === 'kind:whatsapp' || label === 'kind:sandbox');
  return kinds.length === 0 ? ['whatsapp', 'sandbox'] : kinds.map((label) => (label === 'kind:whatsapp' ? 'whatsapp' : 'sandbox'));
};
const labelsOf = (labels: unknown): string[] => (Array.isArray(labels) ? labels.map(String) : []);

/** Those that are wanted; a device whose lease is over, or whose node is revoked, is nowhere. */
const readDevices = async ({ db }: SystemTx, { driftMs }: SnapshotOptions): Promise<{ device: WantedDevice; workspaceId: string }[]> => {
  const rows = await db.execute(sql`
    select d.workspace_id, d.id, d.kind, d.region, l.node_id, l.running_at is not null as is_running,
      (extract(epoch from l.granted_at) * 1000)::float8 as granted_at,
      coalesce((select max(c.last_message_at) from conversations c where c.workspace_id = d.workspace_id and c.device_id = d.id), 0)::float8 * 1000 as last_active_at,
      l.node_id is not null and l.released_at is null and l.expires_at + ${driftMs}::float8 * interval '1 millisecond' >= now() as is_placed
    from devices d left join device_leases l on l.workspace_id = d.workspace_id and l.device_id = d.id
    where d.wanted = 'running' and d.removed_at is null`);
  return rows.map((row) => ({
    workspaceId: String(row['workspace_id']),
    device: {
      id: String(row['id']),
      workspace: String(row['workspace_id']),
      kind: row['kind'] === 'sandbox' ? 'sandbox' : 'whatsapp',
      expectedBytes: usualBytes,
      labels: [],
      region: String(row['region']),
      activeChats: 0,
      lastActiveAt: Number(row['last_active_at']),
      pin: null,
      placed: row['is_placed'] === true ? { node: String(row['node_id']), state: row['is_running'] === true ? 'running' : 'starting', since: Number(row['granted_at']), startedAt: Number(row['granted_at']), notBefore: 0, leaving: null } : null,
    },
  }));
};

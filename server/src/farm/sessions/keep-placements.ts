import { sql } from 'drizzle-orm';
import type { Doors, SystemTx } from '../../db/tenant.ts';
import { grantLease, type LeaseTimes } from '../leases/leases.ts';
import { decide } from '../placement/decide.ts';
import type { Decision } from '../placement/decision.ts';
import { readSnapshot, type FarmSight } from './read-snapshot.ts';

interface PlacementOptions extends LeaseTimes {
  doors: Pick<Doors, 'withSystem'>;
  silentMs?: number;
}

export interface Placed {
  granted: { deviceId: string; nodeId: string; epoch: number }[];
  /** They are to be closed where they are; once they are, they are placed anew. */
  leaving: number;
  unplaced: number;
}

/**
 * Decides where devices run, and grants the leases; one gateway at a time does it. What it decides for later is
 * decided again then, by what is so then.
 */
export const keepPlacements = ({ doors, leaseMs, driftMs, silentMs = 10_000 }: PlacementOptions): Promise<Placed | undefined> =>
  doors.withSystem('leases', async (tx) => {
    const [lock] = await tx.db.execute(sql`select pg_try_advisory_xact_lock(hashtextextended('placement', 0)) as mine`);
    if (lock?.['mine'] !== true) return undefined;
    const sight = await readSnapshot(tx, { silentMs, driftMs });
    const decision = decide(sight);
    const granted = await grant(tx, { sight, decision, times: { leaseMs, driftMs } });
    const leaving = await leave(tx, decision);
    await tellUnplaced(tx, { sight, decision });
    return { granted, leaving, unplaced: decision.unplaced.length };
  });

interface Granting {
  sight: FarmSight;
  decision: Decision;
  times: LeaseTimes;
}

const grant = async (tx: SystemTx, { sight, decision, times }: Granting): Promise<Placed['granted']> => {
  const granted: Placed['granted'] = [];
  for (const { device, node } of decision.starts) {
    const workspaceId = sight.workspaceOf.get(device);
    const lease = workspaceId === undefined ? undefined : await grantLease(tx, { workspaceId, deviceId: device, nodeId: node }, times);
    if (lease !== undefined) granted.push({ deviceId: device, nodeId: node, epoch: lease.epoch });
  }
  return granted;
};

const leave = async (tx: SystemTx, { moves }: Decision): Promise<number> => {
  const closing = moves.flatMap(({ device, why }) => (why === 'lost' ? [] : [device]));
  if (closing.length === 0) return 0;
  const changed = await tx.db.execute(sql`update device_leases set leaving_at = now() where device_id = any(${`{${closing.join(',')}}`}::uuid[]) and released_at is null and leaving_at is null returning 1`);
  return changed.length;
};

const reasons: Record<Decision['unplaced'][number]['why'], 'no_node' | 'no_room'> = { no_node: 'no_node', no_label: 'no_node', no_room: 'no_room', over_limit: 'no_room' };

/** A person sees why nothing happens; what runs nowhere any more says so too. */
const tellUnplaced = async (tx: SystemTx, { sight, decision }: Pick<Granting, 'sight' | 'decision'>): Promise<void> => {
  for (const { device, why } of decision.unplaced) {
    const workspaceId = sight.workspaceOf.get(device);
    if (workspaceId === undefined) continue;
    const changed = await tx.db.execute(sql`
      update devices set state = 'stopped', state_reason = ${reasons[why]}, state_since = now(), progress = null
      where workspace_id = ${workspaceId} and id = ${device} and (state <> 'stopped' or state_reason is distinct from ${reasons[why]}) returning kind`);
    const [row] = [...changed];
    if (row !== undefined) tx.publish(workspaceId, { type: 'device.changed', deviceId: device, kind: row['kind'] === 'sandbox' ? 'sandbox' : 'whatsapp' });
  }
};

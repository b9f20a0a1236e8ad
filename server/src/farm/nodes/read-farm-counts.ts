import { sql } from 'drizzle-orm';
import type { SystemTx } from '../../db/tenant.ts';

export interface FarmCounts {
  /** Devices that are wanted, by state. */
  devices: Record<string, number>;
  /** What is asked of sessions and not done, by state. */
  commands: Record<string, number>;
  /** Told by nodes, understood by nobody, and not looked after yet. */
  parked: number;
}

/** What an operator asks first. */
export const readFarmCounts = async (tx: Pick<SystemTx, 'db'>): Promise<FarmCounts> => {
  const [row] = await tx.db.execute(sql`
    select
      (select coalesce(jsonb_object_agg(state, count), '{}') from (select state, count(*) from devices where removed_at is null and wanted = 'running' group by state) as d) as devices,
      (select coalesce(jsonb_object_agg(state, count), '{}') from (select state, count(*) from device_commands where state in ('waiting', 'given', 'checking', 'uncertain') group by state) as c) as commands,
      (select count(*)::int from parked_events where taken_up_at is null) as parked`);
  return { devices: row?.['devices'] as FarmCounts['devices'], commands: row?.['commands'] as FarmCounts['commands'], parked: Number(row?.['parked'] ?? 0) };
};

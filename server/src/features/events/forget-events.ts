import { sql } from 'drizzle-orm';
import type { SystemTx } from '../../db/tenant.ts';

const KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Events older than a week go; the counter remembers how far, so that an older cursor is told to reload. One workspace
 * a transaction, its counter first, as whoever publishes does it. Says whether there may be more.
 */
export const forgetEvents = async (tx: SystemTx, batch: number): Promise<boolean> => {
  const oldest = new Date(tx.now.getTime() - KEPT_MS).toISOString();
  const [next] = await tx.db.execute<{ workspace_id: string }>(sql`select workspace_id from workspace_events where occurred_at < ${oldest}::timestamptz order by occurred_at limit 1`);
  if (next === undefined) return false;
  const workspaceId = next.workspace_id;
  await tx.db.execute(sql`select 1 from workspace_cursors where workspace_id = ${workspaceId}::uuid for update`);
  await tx.db.execute(sql`
    with old as (
           select seq from workspace_events
           where workspace_id = ${workspaceId}::uuid and occurred_at < ${oldest}::timestamptz order by seq limit ${batch}::int),
         gone as (delete from workspace_events using old where workspace_id = ${workspaceId}::uuid and workspace_events.seq = old.seq returning workspace_events.seq)
    update workspace_cursors set forgotten_seq = greatest(forgotten_seq, (select max(seq) from gone)) where workspace_id = ${workspaceId}::uuid`);
  return true;
};

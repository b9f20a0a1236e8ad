import { sql } from 'drizzle-orm';
import type { SystemTx } from '../../db/tenant.ts';

const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Events older than a week go; the counter remembers how far, so that an older cursor is told to reload. */
export const forgetEvents = async (tx: SystemTx): Promise<void> => {
  const oldest = new Date(tx.now.getTime() - KEPT_MS).toISOString();
  await tx.db.execute(sql`
    with gone as (delete from workspace_events where occurred_at < ${oldest}::timestamptz returning workspace_id, seq),
         last as (select workspace_id, max(seq) as seq from gone group by workspace_id)
    update workspace_cursors set forgotten_seq = greatest(forgotten_seq, last.seq) from last where workspace_cursors.workspace_id = last.workspace_id`);
};

import { sql, type SQL } from 'drizzle-orm';
import type { Doors, SystemTx } from '../../db/tenant.ts';
import { IDLE_LIFETIME_MS } from '../../trpc/sign-in-sessions.ts';
import { forgetEvents } from '../events/forget-events.ts';

const JOB_KEPT_MS = 7 * 24 * 60 * 60_000;
const BATCH = 5_000;

/** Says whether there may be more. */
type Step = (tx: SystemTx, batch: number) => Promise<boolean>;

/**
 * What nobody can use any more goes; a job that failed for good stays, for somebody to look at. In batches with a
 * transaction each: after a long absence there is much to forget, and no statement may run for long.
 */
export const forgetOld = async (doors: Doors, batch: number = BATCH): Promise<void> => {
  for (const step of [forgetEvents, forgetJobs, forgetResets, forgetSessions, forgetGateways] satisfies Step[]) {
    while (await doors.withSystem('sweep', (tx) => step(tx, batch)));
  }
};

const before = (tx: SystemTx, ms: number): SQL => sql`${new Date(tx.now.getTime() - ms).toISOString()}::timestamptz`;

const deleteSome = async (tx: SystemTx, batch: number, { table, where }: { table: string; where: SQL }): Promise<boolean> => {
  const name = sql.identifier(table);
  const gone = await tx.db.execute(sql`delete from ${name} where ctid in (select ctid from ${name} where ${where} limit ${batch}::int) returning 1`);
  return gone.length === batch;
};

const forgetJobs: Step = (tx, batch) => deleteSome(tx, batch, { table: 'jobs', where: sql`finished_at <= ${before(tx, JOB_KEPT_MS)}` });

const forgetResets: Step = (tx, batch) => deleteSome(tx, batch, { table: 'password_resets', where: sql`expires_at <= ${before(tx, 0)}` });

const forgetSessions: Step = (tx, batch) =>
  deleteSome(tx, batch, { table: 'sign_in_sessions', where: sql`expires_at <= ${before(tx, 0)} or last_seen_at <= ${before(tx, IDLE_LIFETIME_MS)}` });

/** None that lives is silent for so long, by the database's clock; whose links they were is kept with the links. */
const forgetGateways: Step = (tx, batch) => deleteSome(tx, batch, { table: 'gateways', where: sql`seen_at < now() - interval '1 day'` });

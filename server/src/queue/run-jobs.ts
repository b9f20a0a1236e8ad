import { and, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { Doors, SystemTx } from '../db/tenant.ts';
import { jobs } from '../db/schema/jobs.ts';
import { isJobName, jobPayloads, type JobName, type JobPayload } from './jobs.ts';

/**
 * Life of a job row:
 *
 *   due ──claimed for a minute──▶ running ──done──▶ finished
 *    ▲                              ├──failed, tries left──▶ due again, later each time
 *    └──claim ran out (we died)─────┘──failed, last try────▶ failed, kept with its reason
 *
 * Each claim is a new attempt, and only the latest one may write the row: a worker that took longer than its claim
 * changes nothing any more. A job over which every attempt died fails too, rather than to end one process after another.
 *
 * A job runs at least once. What must not show twice carries a stable id of its own, such as a mail's.
 */
export type JobRunners = { [N in JobName]: (payload: JobPayload<N>) => Promise<void> };

const CLAIM_MS = 60_000;
const BATCH = 10;
const TRIES_MAX = 10;
const FIRST_RETRY_MS = 5_000;
const RETRY_MS_MAX = 60 * 60_000;

type JobRow = Pick<typeof jobs.$inferSelect, 'id' | 'workspaceId' | 'name' | 'payload' | 'attempts'>;

/** Takes up what is due, at most a batch of it; says how many there were. */
export const runDueJobs = async (doors: Doors, runners: JobRunners, onFailure: (job: JobRow, error: unknown) => void): Promise<number> => {
  const claimed = await doors.withSystem('worker', claimJobs);
  await Promise.all(
    claimed.map(async (job) => {
      try {
        await runJob(runners, job);
      } catch (error) {
        onFailure(job, error);
        await doors.withSystem('worker', (tx) => postponeJob(tx, job, error));
        return;
      }
      await doors.withSystem('worker', (tx) => tx.db.update(jobs).set({ finishedAt: tx.now }).where(sameClaim(job)));
    }),
  );
  return claimed.length;
};

const sameClaim = (job: JobRow) =>
  and(eq(jobs.id, job.id), job.workspaceId === null ? isNull(jobs.workspaceId) : eq(jobs.workspaceId, job.workspaceId), eq(jobs.attempts, job.attempts), isNull(jobs.finishedAt), isNull(jobs.failedAt));

const claimJobs = async (tx: SystemTx): Promise<JobRow[]> => {
  await giveUpDeadly(tx);
  const now = tx.now.toISOString();
  const until = new Date(tx.now.getTime() + CLAIM_MS).toISOString();
  return tx.db
    .update(jobs)
    .set({ claimedUntil: sql`${until}::timestamptz`, attempts: sql`${jobs.attempts} + 1` })
    .where(
      sql`${jobs}.ctid in (
        select ctid from jobs
        where finished_at is null and failed_at is null and due_at <= ${now}::timestamptz and (claimed_until is null or claimed_until <= ${now}::timestamptz)
        order by due_at limit ${BATCH} for update skip locked)`,
    )
    .returning({ id: jobs.id, workspaceId: jobs.workspaceId, name: jobs.name, payload: jobs.payload, attempts: jobs.attempts });
};

/** The last attempt was claimed, and its worker died without a word. */
const giveUpDeadly = async (tx: SystemTx): Promise<void> => {
  const isDue = and(isNull(jobs.finishedAt), isNull(jobs.failedAt), lte(jobs.dueAt, tx.now), lte(jobs.claimedUntil, tx.now));
  await tx.db.update(jobs).set({ failedAt: tx.now, claimedUntil: null, lastError: 'each worker died over it' }).where(and(isDue, gte(jobs.attempts, TRIES_MAX)));
};

const runJob = async (runners: JobRunners, job: JobRow): Promise<void> => {
  if (!isJobName(job.name)) throw new Error(`no job is called ${job.name}; an older release may have left it`);
  await runNamed(runners, job.name, job.payload);
};

const runNamed = <N extends JobName>(runners: JobRunners, name: N, payload: unknown): Promise<void> => {
  // The schema of this very name has checked the payload.
  const checked = jobPayloads[name].parse(payload) as JobPayload<N>;
  return runners[name](checked);
};

const postponeJob = async (tx: SystemTx, job: JobRow, error: unknown): Promise<void> => {
  const lastError = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (job.attempts - 1), RETRY_MS_MAX);
  const isLast = job.attempts >= TRIES_MAX;
  await tx.db
    .update(jobs)
    .set({ lastError, claimedUntil: null, dueAt: new Date(tx.now.getTime() + waitMs), ...(isLast ? { failedAt: tx.now } : {}) })
    .where(sameClaim(job));
};

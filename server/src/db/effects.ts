import type { WorkspaceEvent } from '@waxos/contract/events';
import { newId } from './ids.ts';
import type { OpenTransaction } from './tx.ts';

/** A job as the doors write it; queue/jobs.ts makes them with checked payloads. */
export interface NewJob {
  name: string;
  /** The same key twice is one job. */
  key: string;
  payload: unknown;
  dueAt?: Date;
}

/** What one transaction caused so far, a workspace at a time; written just before COMMIT to hold the counter's lock briefly. */
export interface Effects {
  events: Map<string, WorkspaceEvent[]>;
  jobs: { workspaceId: string | null; job: NewJob }[];
}

export const noEffects = (): Effects => ({ events: new Map(), jobs: [] });

export const hasEffects = (effects: Effects): boolean => effects.events.size > 0 || effects.jobs.length > 0;

export const addEvent = (effects: Effects, workspaceId: string, event: WorkspaceEvent): void => {
  const events = effects.events.get(workspaceId);
  if (events === undefined) effects.events.set(workspaceId, [event]);
  else events.push(event);
};

export const writeEffects = async (open: OpenTransaction, effects: Effects, now: Date): Promise<void> => {
  if (effects.jobs.length > 0) await writeJobs(open, effects.jobs, now);
  // Counters are locked in one order everywhere, so that two transactions over the same workspaces cannot deadlock.
  for (const workspaceId of [...effects.events.keys()].toSorted()) {
    await writeEvents(open, { workspaceId, events: effects.events.get(workspaceId) ?? [], now });
  }
};

const writeEvents = async (open: OpenTransaction, { workspaceId, events, now }: { workspaceId: string; events: WorkspaceEvent[]; now: Date }): Promise<void> => {
  const written = await open.send(
    `with counter as (
       update workspace_cursors set last_seq = last_seq + $2::int where workspace_id = $1::uuid returning last_seq - $2::int as base)
     insert into workspace_events (workspace_id, seq, event, occurred_at)
     select $1::uuid, base + position, event, $4::timestamptz
     from counter, jsonb_array_elements($3::jsonb) with ordinality as listed(event, position)
     returning seq`,
    [workspaceId, events.length, JSON.stringify(events), now.toISOString()],
  );
  if (!Array.isArray(written) || written.length !== events.length) throw new Error(`events of workspace ${workspaceId} found no cursor row`);
};

const writeJobs = async (open: OpenTransaction, jobs: Effects['jobs'], now: Date): Promise<void> => {
  const rows = jobs.map(({ workspaceId, job }) => ({
    workspace_id: workspaceId,
    id: newId(),
    name: job.name,
    key: job.key,
    payload: job.payload,
    created_at: now.toISOString(),
    due_at: (job.dueAt ?? now).toISOString(),
  }));
  await open.send(
    `insert into jobs (workspace_id, id, name, key, payload, created_at, due_at)
     select workspace_id, id, name, key, payload, created_at, due_at
     from jsonb_to_recordset($1::jsonb) as job(workspace_id uuid, id uuid, name text, key text, payload jsonb, created_at timestamptz, due_at timestamptz)
     on conflict on constraint jobs_key_key do nothing`,
    [JSON.stringify(rows)],
  );
};

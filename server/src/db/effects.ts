import type { WorkspaceEvent } from '@waxos/contract/events';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
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

/** Something that is asked of a session; whichever gateway holds the link of its node gives it there. */
export interface NewCommand {
  id?: string;
  deviceId: string;
  /** Where it may not overtake others of the same conversation. */
  conversationId?: string;
  messageId?: string;
  command: SessionCommand;
  /** Not before. */
  dueAt?: Date;
}

/** What one transaction caused so far, a workspace at a time; written just before COMMIT to hold the counter's lock briefly. */
export interface Effects {
  events: Map<string, WorkspaceEvent[]>;
  jobs: { workspaceId: string | null; job: NewJob }[];
  commands: { workspaceId: string; command: NewCommand }[];
}

export const noEffects = (): Effects => ({ events: new Map(), jobs: [], commands: [] });

export const hasEffects = (effects: Effects): boolean => effects.events.size > 0 || effects.jobs.length > 0 || effects.commands.length > 0;

export const addEvent = (effects: Effects, workspaceId: string, event: WorkspaceEvent): void => {
  const events = effects.events.get(workspaceId);
  if (events === undefined) effects.events.set(workspaceId, [event]);
  else events.push(event);
};

export const writeEffects = async (open: OpenTransaction, effects: Effects, now: Date): Promise<void> => {
  if (effects.jobs.length > 0) await writeJobs(open, effects.jobs, now);
  if (effects.commands.length > 0) await writeCommands(open, effects.commands, now);
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

const writeCommands = async (open: OpenTransaction, commands: Effects['commands'], now: Date): Promise<void> => {
  const rows = commands.map(({ workspaceId, command }) => ({
    workspace_id: workspaceId,
    id: command.id ?? newId(),
    device_id: command.deviceId,
    conversation_id: command.conversationId ?? null,
    message_id: command.messageId ?? null,
    command: command.command,
    due_at: (command.dueAt ?? now).toISOString(),
    created_at: now.toISOString(),
  }));
  await open.send(
    `insert into device_commands (workspace_id, id, device_id, conversation_id, message_id, command, due_at, created_at)
     select workspace_id, id, device_id, conversation_id, message_id, command, due_at, created_at
     from jsonb_to_recordset($1::jsonb) as c(workspace_id uuid, id uuid, device_id uuid, conversation_id uuid, message_id uuid, command jsonb, due_at timestamptz, created_at timestamptz)`,
    [JSON.stringify(rows)],
  );
};

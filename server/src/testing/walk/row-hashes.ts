import type { WorkspaceEvent } from '@waxos/contract/events';
import { sql } from 'drizzle-orm';
import type { TestGateway } from '../test-gateway.ts';

/** What changes by itself: a worker's progress, and when somebody was last here. */
const PROGRESS = ['attempts', 'claimed_until', 'finished_at', 'failed_at', 'last_error', 'due_at', 'last_used_at', 'last_seen_at', 'seen_at'];

/** One hash a table, over all its rows, or over those that mention one of these ids. */
export const hashRows = (gateway: TestGateway, mentioning?: readonly string[]): Promise<Record<string, string>> =>
  gateway.services.doors.withSystem('health', async ({ db }) => {
    const tables = await db.execute<{ name: string }>(
      sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'select') order by 1`,
    );
    const of = (name: string) => sql`
      select ${name}::text as name, count(*) || ' rows, ' || coalesce(md5(string_agg(line, '' order by line)), '') as hash from (
        select (to_jsonb(row) - ${PROGRESS_ARRAY}::text[])::text as line from ${sql.identifier(name)} as row) as lines
      where ${mentioning === undefined ? sql`true` : sql`line ~ ${mentioning.join('|')}`}`;
    const hashes = await db.execute<{ name: string; hash: string }>(sql.join(tables.map(({ name }) => of(name)), sql` union all `));
    return Object.fromEntries(hashes.map(({ name, hash }) => [name, hash]));
  });

const PROGRESS_ARRAY = `{${PROGRESS.join(',')}}`;

export interface CausedRows {
  events: { workspaceId: string; seq: number; event: WorkspaceEvent }[];
  jobs: { id: string; name: string }[];
}

/** All rows of effects there are; what a call caused is what is new. */
export const listCaused = (gateway: TestGateway): Promise<CausedRows> =>
  gateway.services.doors.withSystem('health', async ({ db }) => ({
    events: [...(await db.execute<CausedRows['events'][number] & Record<string, unknown>>(sql`select workspace_id as "workspaceId", seq::int as seq, event from workspace_events order by workspace_id, seq`))],
    jobs: [...(await db.execute<{ id: string; name: string }>(sql`select id, name from jobs order by id`))],
  }));

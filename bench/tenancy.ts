import { systemClock } from '@waxos/process/clock';
import type { SystemActor } from '@waxos/server/db/actor';
import { newId } from '@waxos/server/db/ids';
import { prepareQuery } from '@waxos/server/db/prepared-query';
import { members } from '@waxos/server/db/schema/members';
import { openDoors, type Doors } from '@waxos/server/db/tenant';
import { urlsOf } from '@waxos/standalone/postgres/database';
import { startTestCluster } from '@waxos/standalone/testing/test-cluster';
import { and, eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { measureRate, type Rate } from './measure-rate.ts';

/**
 * What the tenant door costs: one select by its index through `withTenant` (BEGIN, workspace, the select under
 * row-level security, COMMIT) against the same select on a bare postgres.js connection. `tenant` is a prepared query in a
 * reading transaction, as every request asks it; `writing` waits for COMMIT as a transaction that may write does;
 * `built` has drizzle build the SQL at every call. All take turns in one run, one caller on one connection each, so
 * that the noise of the machine falls on all of them.
 */
const WORKSPACES = 50;
const MEMBERS_EACH = 100;
const ROUNDS = 7;
const ROUND_MS = 1_500;

export const main = async (): Promise<void> => {
  const { cluster, stop } = await startTestCluster();
  const urls = urlsOf(cluster.port, cluster.passwords, cluster.templates.migrated);
  const doors = openDoors({ appUrl: urls.appUrl, systemUrl: urls.systemUrl, poolSize: 1, clock: systemClock });
  const bare = postgres(urls.systemUrl, { max: 1 });
  try {
    const rows = await fill(urls.superuserUrl);
    const pick = (): Row => rows[Math.floor(Math.random() * rows.length)] ?? fail('no rows');
    const contest: Contest = {
      tenant: () => readGuarded(doors, pick()),
      writing: () => readWriting(doors, pick()),
      built: () => readBuilt(doors, pick()),
      bare: () => readBare(bare, pick()),
    };
    report(await takeTurns(contest));
  } finally {
    await Promise.all([doors.close(), bare.end()]);
    await stop();
  }
};

interface Row {
  workspaceId: string;
  id: string;
}

const fail = (what: string): never => {
  throw new Error(what);
};

const actorOf = (workspaceId: string): SystemActor => ({ kind: 'system', workspaceId, name: 'bench', permissions: [], address: '' });

const readBare = async (bare: postgres.Sql, { workspaceId, id }: Row): Promise<void> => {
  expectOne(await bare`select id, role from members where workspace_id = ${workspaceId} and id = ${id}`);
};

const byId = prepareQuery((db) =>
  db
    .select({ id: members.id, role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, sql.placeholder('workspaceId')), eq(members.id, sql.placeholder('id')))),
);

const readGuarded = async (doors: Doors, row: Row): Promise<void> => {
  expectOne(await doors.withTenant(actorOf(row.workspaceId), (tx) => tx.run(byId, { ...row }), 'reading'));
};

const readWriting = async (doors: Doors, row: Row): Promise<void> => {
  expectOne(await doors.withTenant(actorOf(row.workspaceId), (tx) => tx.run(byId, { ...row })));
};

const readBuilt = async (doors: Doors, { workspaceId, id }: Row): Promise<void> => {
  const mine = and(eq(members.workspaceId, workspaceId), eq(members.id, id));
  expectOne(await doors.withTenant(actorOf(workspaceId), (tx) => tx.db.select({ id: members.id, role: members.role }).from(members).where(mine), 'reading'));
};

const expectOne = (rows: readonly unknown[]): void => {
  if (rows.length !== 1) fail(`one row was expected, ${rows.length} came`);
};

const fill = async (superuserUrl: string): Promise<Row[]> => {
  const sql = postgres(superuserUrl, { max: 1 });
  const rows: Row[] = [];
  for (let workspace = 0; workspace < WORKSPACES; workspace += 1) {
    const workspaceId = newId();
    await sql`insert into workspaces (id, name, created_at) values (${workspaceId}, ${`workspace ${workspace}`}, now())`;
    const made = Array.from({ length: MEMBERS_EACH }, () => ({ workspaceId, id: newId(), accountId: newId() }));
    await sql`insert into accounts ${sql(made.map(({ accountId }) => ({ id: accountId, email: `${accountId}@example.com`, name: 'member', password_hash: '', created_at: new Date() })))}`;
    await sql`insert into members ${sql(made.map(({ id, accountId }) => ({ workspace_id: workspaceId, id, account_id: accountId, role: 'agent', joined_at: new Date() })))}`;
    rows.push(...made);
  }
  await sql`analyze`;
  await sql.end();
  return rows;
};

const contestants = ['tenant', 'writing', 'built', 'bare'] as const;
type Contestant = (typeof contestants)[number];
type Contest = Record<Contestant, () => Promise<void>>;

const takeTurns = async (contest: Contest): Promise<Record<Contestant, Rate>> => {
  const rates: Record<Contestant, Rate[]> = { tenant: [], writing: [], built: [], bare: [] };
  // The first round of each warms plans, statements and the compiler, and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of contestants) {
      const rate = await measureRate(contest[name], { callers: 1, durationMs: ROUND_MS });
      if (round > 0) rates[name].push(rate);
    }
  }
  return { tenant: middleOf(rates.tenant), writing: middleOf(rates.writing), built: middleOf(rates.built), bare: middleOf(rates.bare) };
};

const middleOf = (rates: Rate[]): Rate => rates.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rates.length / 2)] ?? fail('nothing was measured');

const report = (rates: Record<Contestant, Rate>): void => {
  const round = (value: number): number => Number(value.toFixed(3));
  const ratioOf = (name: Contestant): number => round(rates[name].perSecond / rates.bare.perSecond);
  for (const name of contestants) console.log(`${name.padEnd(7)} ${rates[name].perSecond.toFixed(0)}/s, p95 ${rates[name].p95Ms.toFixed(3)} ms`);
  const figures = contestants.flatMap((name) => [
    [`${name}_per_s`, Math.round(rates[name].perSecond)],
    [`${name}_p95_ms`, round(rates[name].p95Ms)],
  ]);
  console.log(JSON.stringify({ name: 'tenancy', ratio: ratioOf('tenant'), writing_ratio: ratioOf('writing'), built_ratio: ratioOf('built'), ...Object.fromEntries(figures) }));
};

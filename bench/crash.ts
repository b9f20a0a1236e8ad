import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { newId } from '@waxos/server/db/ids';
import { openPostBox } from '@waxos/server/testing/post-box';
import { urlsOf } from '@waxos/standalone/postgres/database';
import { startTestCluster } from '@waxos/standalone/testing/test-cluster';
import postgres from 'postgres';
import { compare, type Verdict } from './crashes/compare.ts';
import { startFleet, type Fleet } from './crashes/fleet.ts';
import { FORGETFUL, forgetfulAddress, startTraffic, type Owner } from './crashes/traffic.ts';

/**
 * Two gateways on one database take invitations and password resets from six writers, and hand a reader the events,
 * while one or the other is killed with -9 at a random moment, 200 times. Each change has effects of every kind: an
 * audit entry, an event, a job of a workspace or of an account, and a mail by a real SMTP server that takes its time.
 * Afterwards database, mailboxes and reader are compared: nothing missing, nothing there twice.
 */
const KILLS = 200;
const GATEWAYS = 2;
/** A dead worker's claim has to run out first. */
const SETTLE_TIMEOUT_MS = 180_000;

export const main = async ([kills = String(KILLS)]: string[] = []): Promise<void> => {
  const { cluster, stop } = await startTestCluster();
  const urls = urlsOf(cluster.port, cluster.passwords, cluster.templates.migrated);
  const postBox = await openPostBox(() => Math.random() * 40);
  const fleet = await startFleet(GATEWAYS, {
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://waxos.test',
    DATABASE_APP_URL: urls.appUrl,
    DATABASE_SYSTEM_URL: urls.systemUrl,
    SECRET_KEY: randomBytes(32).toString('base64'),
    SMTP_URL: postBox.url,
    OBJECT_STORE_DIR: join(tmpdir(), 'waxos-bench-objects'),
    SERVE_WEB: 'false',
    LOG_LEVEL: 'fatal',
    RATE_LIMIT_SCALE: '1000000',
  });
  const sql = postgres(urls.superuserUrl, { max: 1 });
  try {
    const owner = await arrive(fleet);
    const forgetful = Array.from({ length: FORGETFUL }, (_none, index) => ({ id: newId(), email: forgetfulAddress(index), name: 'Forgetful', password_hash: '', created_at: new Date() }));
    await sql`insert into accounts ${sql(forgetful)}`;
    const traffic = startTraffic(fleet, owner);
    await fleet.killInTurn(Number(kills));
    await traffic.stop();
    await waitFor(async () => (await sql`select 1 from jobs where finished_at is null limit 1`).length === 0 || undefined, {
      timeoutMs: SETTLE_TIMEOUT_MS,
      intervalMs: 500,
      what: 'the jobs to be finished',
    });
    report(Number(kills), await compare(sql, postBox, traffic));
  } finally {
    await sql.end();
    await fleet.stop();
    await postBox.close();
    await stop();
  }
};

const arrive = async (fleet: Fleet): Promise<Owner> => {
  const person = { name: 'Owner', email: 'owner@example.com', password: 'violet-harbour-42-lamp', workspaceName: 'Harbour', locale: 'en' };
  const response = await fetch(`${await fleet.pick()}/trpc/setup.create`, {
    method: 'POST',
    headers: { origin: fleet.origin, 'content-type': 'application/json' },
    body: JSON.stringify(person),
  });
  const { result } = (await response.json()) as { result: { data: { workspaceId: string } } };
  const cookie = /waxos_session=([^;]+)/.exec(response.headers.getSetCookie().join())?.[1];
  if (cookie === undefined) throw new Error('the first visit gave no cookie');
  return { email: person.email, cookie, workspaceId: result.data.workspaceId };
};

const report = (kills: number, verdict: Verdict): void => {
  const { invitations, resets, mails_sent_again: again, ...faults } = verdict;
  for (const [name, count] of Object.entries(faults)) console.log(`${name.padEnd(24)} ${count}`);
  const wrong = Object.values(faults).reduce((sum, count) => sum + count, 0);
  console.log(JSON.stringify({ name: 'crash', kills, invitations, resets, mails_sent_again: again, missing_or_doubled: wrong }));
  if (wrong > 0) process.exitCode = 1;
};

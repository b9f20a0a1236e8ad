import postgres from 'postgres';
import { expect, test } from 'vitest';
import { arriveOwner } from '../testing/people.ts';
import { openTestGateway } from '../testing/test-gateway.ts';

const look = async (url: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
};

test('readiness names the database when it is gone, the process goes on answering, and callers are told to come again', async () => {
  const gateway = await openTestGateway();
  try {
    const owner = await arriveOwner(gateway, 'Harbour');
    expect(await look(`${gateway.url}/readyz`)).toEqual({ status: 200, body: { status: 'ready', down: [] } });

    await gateway.database.close();
    gateway.clock.advance(1_000);

    expect(await look(`${gateway.url}/readyz`)).toEqual({ status: 503, body: { status: 'not ready', down: ['database'] } });
    expect(await look(`${gateway.url}/healthz`)).toEqual({ status: 200, body: { status: 'ok' } });
    const refused = await gateway.call.query('account.get', undefined, owner.client);
    expect(refused).toMatchObject({ status: 503, error: { code: 'UNAVAILABLE', retryable: true } });
  } finally {
    await gateway.close();
  }
});

test('readiness names the migrations when a newer release has changed the database under it, a second later at most', async () => {
  const gateway = await openTestGateway();
  const sql = postgres(gateway.database.ownerUrl, { max: 1 });
  try {
    expect(await look(`${gateway.url}/readyz`)).toEqual({ status: 200, body: { status: 'ready', down: [] } });
    await sql`insert into migrations (number, name, hash) values (9999, '9999_from_the_future.sql', 'x')`;
    expect(await look(`${gateway.url}/readyz`), 'one look answers for a second').toMatchObject({ status: 200 });
    gateway.clock.advance(1_000);
    expect(await look(`${gateway.url}/readyz`)).toEqual({ status: 503, body: { status: 'not ready', down: ['migrations'] } });
  } finally {
    await sql.end();
    await gateway.close();
  }
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../router.ts';
import { PUBLIC_ORIGIN } from '../testing/call.ts';
import { arriveOwner, type Person } from '../testing/people.ts';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { hashRows } from '../testing/walk/row-hashes.ts';
import { listProcedures } from '../testing/walk/walked-procedure.ts';

const EVIL = 'https://evil.example';
const mutations = listProcedures(appRouter).filter(({ kind }) => kind === 'mutation');

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const send = (path: string, headers: Record<string, string>, at = gateway): Promise<Response> =>
  fetch(`${at.url}/trpc/${path}`, {
    method: 'POST',
    headers: { cookie: `waxos_session=${owner.client.cookie ?? ''}`, 'waxos-workspace': owner.workspaceId, 'content-type': 'application/json', ...headers },
    body: '{"name":"Stolen"}',
  });

test('another site can cause no mutation at all, whatever it is', async () => {
  expect(mutations.length).toBeGreaterThan(20);
  const before = await hashRows(gateway);
  for (const { path } of mutations) {
    const response = await send(path, { origin: EVIL });
    expect(response.status, path).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'CROSS_SITE' } });
    expect(response.headers.getSetCookie(), path).toEqual([]);
  }
  expect(await hashRows(gateway)).toEqual(before);
});

test.each([EVIL, 'null', '', 'http://waxos.test:8080', 'https://waxos.test', 'http://waxos.test.evil.example', 'http://evil.waxos.test', 'http://localhost', 'file://'])('an origin of %j is not ours', async (origin) => {
  expect((await send('workspaces.update', { origin })).status).toBe(403);
});

test('a cookie without an origin comes from no browser, and is refused', async () => {
  expect((await send('workspaces.update', {})).status).toBe(403);
});

test('a form of another site, which needs no preflight, is refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) expect((await send('workspaces.update', { origin: EVIL, 'content-type': type })).status, type).toBe(403);
});

test('our own page gets through', async () => {
  expect((await send('workspaces.update', { origin: PUBLIC_ORIGIN })).status).toBe(200);
});

test('no other origin is invited: neither a preflight nor an answer names one', async () => {
  const preflight = await fetch(`${gateway.url}/trpc/workspaces.update`, { method: 'OPTIONS', headers: { origin: EVIL, 'access-control-request-method': 'POST' } });
  const read = await fetch(`${gateway.url}/trpc/setup.status`, { headers: { origin: EVIL } });
  for (const { headers } of [preflight, read]) expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(preflight.ok).toBe(false);
});

test('a GET changes nothing, so that a link or an image of another site cannot either', async () => {
  const before = await hashRows(gateway);
  for (const { path } of mutations) {
    const response = await fetch(`${gateway.url}/trpc/${path}?input=${encodeURIComponent('{"name":"Stolen"}')}`, { headers: { cookie: `waxos_session=${owner.client.cookie ?? ''}`, 'waxos-workspace': owner.workspaceId } });
    expect(response.ok, path).toBe(false);
  }
  expect(await hashRows(gateway)).toEqual(before);
});

test('where the page is on loopback, its other names are ours too, on the same port', async () => {
  const local = await openTestGateway({ PUBLIC_URL: 'http://localhost:4100' });
  try {
    const status = async (origin: string) => (await fetch(`${local.url}/trpc/auth.signIn`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: '{}' })).status;
    for (const ours of ['http://localhost:4100', 'http://127.0.0.1:4100', 'http://[::1]:4100']) expect(await status(ours), ours).toBe(400);
    for (const others of ['http://localhost:4101', 'http://127.0.0.1', 'https://localhost:4100']) expect(await status(others), others).toBe(403);
  } finally {
    await local.close();
  }
});

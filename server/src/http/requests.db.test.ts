import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PUBLIC_ORIGIN } from '../testing/call.ts';
import { arriveOwner, dataOf, PASSWORD, type Person } from '../testing/people.ts';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { hashRows } from '../testing/walk/row-hashes.ts';

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}/trpc/${path}`, {
    method: 'POST',
    headers: { origin: PUBLIC_ORIGIN, 'content-type': 'application/json', cookie: `waxos_session=${owner.client.cookie ?? ''}`, 'waxos-workspace': owner.workspaceId, ...headers },
    body,
  });

const expectRefused = async (response: Response): Promise<void> => {
  expect(response.status).toBe(400);
  expect(JSON.stringify(await response.json())).toContain('"BAD_INPUT"');
};

test.each(['{', 'undefined', '{"name":"a",}', '"\u0000"', '['.repeat(50_000)])('a body that is no JSON is bad input and no bug', async (body) => {
  await expectRefused(await post('workspaces.update', body));
});

test('a body over a mebibyte is refused before it is read', async () => {
  const before = await hashRows(gateway);
  await expectRefused(await post('workspaces.update', JSON.stringify({ name: 'x'.repeat(1_100_000) })));
  expect(await hashRows(gateway)).toEqual(before);
});

test('an input of ten thousand unknown fields, or nested ten thousand deep, does no harm', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_unused, index) => [`field${index}`, index]));
  await expectRefused(await post('workspaces.update', JSON.stringify(many)));
  await expectRefused(await post('workspaces.update', `${'{"name":'.repeat(10_000)}1${'}'.repeat(10_000)}`));
});

test('fields that are not in the schema change no row, and prototypes stay as they were', async () => {
  const { id } = dataOf<{ id: string }>(await gateway.call.query('account.get', undefined, owner.client));
  const body = `{"theme":"dark","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"id":"${id}","email":"new@example.com","passwordHash":"x","totpConfirmedAt":"2026-01-01","role":"owner"}`;
  expect((await post('account.update', body)).status).toBe(200);
  expect((await gateway.call.query('account.get', undefined, owner.client)).data).toMatchObject({ id, email: owner.email, theme: 'dark', totpEnabled: false });
  expect('polluted' in {}).toBe(false);
  await expectRefused(await post('account.update', '{"__proto__":{"name":"Polluted"}}'));
  await expectRefused(await post('account.update', '{"passwordHash":"x"}'));
  expect((await gateway.call.mutate('auth.signIn', { email: owner.email, password: PASSWORD })).data).toEqual({ next: 'done' });
});

test('names of what every object has are no procedures', async () => {
  for (const path of ['__proto__', 'constructor', 'account.__proto__', 'account.constructor', 'toString', '_def', 'account.get.call', '']) {
    const { status, error } = await gateway.call.query(path, undefined, owner.client);
    expect([status, error?.code], path).toEqual([404, 'NOT_FOUND']);
  }
});

test('a batch holds twenty calls at most', async () => {
  const batch = (count: number) => fetch(`${gateway.url}/trpc/${Array.from({ length: count }, () => 'setup.status').join(',')}?batch=1&input=%7B%7D`);
  expect((await batch(20)).status).toBe(200);
  expect((await batch(21)).status).toBe(400);
});

test('an error carries the id of its request, which the answer names too, and no stack or statement', async () => {
  const response = await post('workspaces.update', '{}');
  const text = await response.text();
  expect(text).toContain(response.headers.get('x-request-id') ?? 'no request id');
  expect(text).not.toMatch(/node_modules|\.ts:|"stack"|select /);
});

test('an id that a caller makes up is not taken over into our log', async () => {
  expect((await fetch(`${gateway.url}/healthz`, { headers: { 'x-request-id': 'forged', 'request-id': 'forged' } })).headers.get('x-request-id')).not.toBe('forged');
});

test('links in mails lead to the public address, whatever host the request named', async () => {
  const { hostname, port } = new URL(gateway.url);
  const arrived = Promise.withResolvers<IncomingMessage>();
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', origin: PUBLIC_ORIGIN, 'content-type': 'application/json' };
  request({ hostname, port, path: '/trpc/auth.requestPasswordReset', method: 'POST', headers, agent: false }, arrived.resolve).end(JSON.stringify({ email: owner.email }));
  const response = await arrived.promise;
  response.resume();
  expect(response.statusCode).toBe(200);
  const { text } = await gateway.postBox.letterTo(owner.email, /reset/i);
  expect(text).toContain(`${PUBLIC_ORIGIN}/reset-password#`);
  expect(text).not.toContain('evil');
});

test.each(['Line\nbreak', 'Carriage\r\nBcc: all@example.com', 'Null\u0000', 'Turned \u202Eround', 'Isolated \u2067x', '\u0007'])('a name that would disturb a line of a mail or a page is refused: %j', async (name) => {
  const { error } = await gateway.call.mutate('account.update', { name }, owner.client);
  expect(error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'name', problem: 'invalid' }] });
});

test('half a character in a name is stored as the mark for it and breaks nothing', async () => {
  const half = '"Half \\ud800 a pair"';
  expect((await post('workspaces.update', `{"name":${half}}`)).status).toBe(200);
  expect((await post('apiKeys.create', `{"name":${half},"scopes":["workspace.read"],"expiresInDays":null}`)).status).toBe(200);
  expect((await post('account.update', `{"name":${half}}`)).status).toBe(200);
  expect((await gateway.call.query('audit.list', {}, owner.client)).error).toBeUndefined();
});

test('a question can come by POST, so that a secret in it stands in no address', async () => {
  const body = JSON.stringify({ token: 'forged' });
  const response = await post('invitations.preview', body);
  expect(response.status).toBe(404);
  expect(JSON.stringify(await response.json())).toContain('LINK_EXPIRED');
});

test('who asks for a streamed answer gets an ordinary one, with the session cookie', async () => {
  const response = await fetch(`${gateway.url}/trpc/auth.signIn?batch=1`, {
    method: 'POST',
    headers: { origin: PUBLIC_ORIGIN, 'content-type': 'application/json', 'trpc-accept': 'application/jsonl' },
    body: JSON.stringify({ 0: { email: owner.email, password: PASSWORD } }),
  });
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(response.headers.getSetCookie()).toHaveLength(1);
  expect(await response.json()).toEqual([{ result: { data: { next: 'done' } } }]);
});

test('an address that does not exist is refused in the one form, also where no page is served', async () => {
  const response = await fetch(`${gateway.url}/no/such/address`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND', requestId: response.headers.get('x-request-id') } });
});

import { request } from 'node:http';
import { openTestSandbox, type TestSandbox } from '@waxos/standalone/testing/sandbox';
import { openLog } from '@waxos/process/log';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PUBLIC_ORIGIN } from '../testing/call.ts';
import { arriveMember, arriveOwner, dataOf, type Person } from '../testing/people.ts';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { openSandboxLine } from './ask-sandbox.ts';
import { buildApp } from './build-app.ts';
import { addSandboxDoor } from './sandbox-door.ts';

let sandbox: TestSandbox;
let gateway: TestGateway;
let owner: Person;
let viewer: Person;
let agent: Person;
let stranger: Person;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  gateway = await openTestGateway({ ...sandbox.variables, SIGN_UP: 'open' });
  owner = await arriveOwner(gateway, 'Harbour');
  stranger = await arriveOwner(gateway, 'Mill');
  [viewer, agent] = [await arriveMember(gateway, owner, 'viewer'), await arriveMember(gateway, owner, 'agent')];
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

interface Sent {
  method?: string;
  body?: string;
  headers?: Record<string, string>;
  url?: string;
}

const cookieOf = (person: Person | undefined): Record<string, string> => (person === undefined ? {} : { cookie: `waxos_session=${person.client.cookie ?? ''}` });

const go = (person: Person | undefined, path: string, { method = 'GET', body, headers = {}, url = gateway.url }: Sent = {}): Promise<Response> => {
  const origin: Record<string, string> = method === 'GET' ? {} : { origin: PUBLIC_ORIGIN };
  return fetch(`${url}/sandbox${path}`, { method, redirect: 'manual', headers: { ...cookieOf(person), ...origin, ...headers }, ...(body === undefined ? {} : { body }) });
};

const addPhone = (person: Person | undefined, workspaceId: string, name: string): Promise<Response> =>
  go(person, `/${workspaceId}/api/accounts`, { method: 'POST', body: JSON.stringify({ name }), headers: { 'content-type': 'application/json' } });

const phonesOf = (workspaceId: string): string[] => sandbox.network(workspaceId).accounts().map(({ name }) => name);

describe('a member', () => {
  test('is told beside the devices whether there are pretend phones to hold', async () => {
    expect((await gateway.call.query('devices.list', undefined, viewer.client)).data).toEqual({ devices: [], sandboxOpen: true });
  });

  test('adds a phone, which is in the network of the workspace and nowhere else', async () => {
    const added = await addPhone(agent, owner.workspaceId, 'Shop');
    expect(added.status).toBe(201);
    expect(await added.json()).toMatchObject({ name: 'Shop' });
    expect(phonesOf(owner.workspaceId)).toContain('Shop');
    expect(await (await go(owner, `/${owner.workspaceId}/api/accounts`)).json()).toMatchObject({ accounts: [{ name: 'Shop' }] });
    expect(await (await go(stranger, `/${stranger.workspaceId}/api/accounts`)).json()).toEqual({ accounts: [] });
  });

  test('has one network, however the id of the workspace is written', async () => {
    await addPhone(owner, owner.workspaceId.toUpperCase(), 'Loud');
    expect(phonesOf(owner.workspaceId)).toContain('Loud');
    expect(phonesOf(owner.workspaceId.toUpperCase())).toEqual([]);
  });

  test('sends media that comes back whole, as an attachment that is never sniffed', async () => {
    const bytes = 'x'.repeat(3_000_000);
    const sent = await go(agent, `/${owner.workspaceId}/api/media`, { method: 'POST', body: bytes, headers: { 'content-type': 'image/png' } });
    expect(sent.status).toBe(201);
    const { hash } = (await sent.json()) as { hash: string };
    const got = await go(viewer, `/${owner.workspaceId}/api/media/${hash}`);
    expect(await got.text()).toBe(bytes);
    expect(got.headers.get('content-disposition')).toBe('attachment');
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await go(stranger, `/${stranger.workspaceId}/api/media/${hash}`)).status).toBe(404);
  });

  test('is led to their workspace by the short address', async () => {
    for (const path of ['', '/']) expect((await go(owner, path)).headers.get('location')).toBe(`/sandbox/${owner.workspaceId}/`);
    expect((await go(owner, `/${owner.workspaceId}`)).headers.get('location')).toBe(`/sandbox/${owner.workspaceId}/`);
  });

  test('is told in the words of the sandbox what it refuses', async () => {
    const refused = await go(owner, `/${owner.workspaceId}/api/accounts/12345`);
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ code: 'not_found', text: expect.any(String) });
  });
});

describe('a viewer', () => {
  test('sees the phones, but adds, moves and removes nothing', async () => {
    await addPhone(owner, owner.workspaceId, 'Seen');
    expect((await go(viewer, `/${owner.workspaceId}/api/accounts`)).status).toBe(200);
    const before = phonesOf(owner.workspaceId);
    const account = sandbox.network(owner.workspaceId).accounts()[0]?.account ?? '';
    expect((await addPhone(viewer, owner.workspaceId, 'Forbidden')).status).toBe(403);
    expect((await go(viewer, `/${owner.workspaceId}/api/accounts/${account}`, { method: 'DELETE' })).status).toBe(403);
    expect((await go(viewer, `/${owner.workspaceId}/api/accounts/${account}/acts/profile.name`, { method: 'POST', body: '{"name":"Mine"}' })).status).toBe(403);
    expect(phonesOf(owner.workspaceId)).toEqual(before);
  });
});

describe('who is no member', () => {
  test('is refused when signed out; a browser that wants a page is led to the sign-in', async () => {
    const refused = await go(undefined, `/${owner.workspaceId}/api/accounts`);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: 'SIGNED_OUT', text: expect.any(String) });
    expect((await addPhone(undefined, owner.workspaceId, 'Nobody')).status).toBe(401);
    for (const path of ['', `/${owner.workspaceId}/`]) expect((await go(undefined, path, { headers: { accept: 'text/html' } })).headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(`/sandbox${path}`)}`);
  });

  test("of another workspace learns the same of this one as of one that does not exist", async () => {
    const before = phonesOf(owner.workspaceId);
    const ask = async (workspaceId: string) => {
      const answers = [await go(stranger, `/${workspaceId}/`), await go(stranger, `/${workspaceId}/api/accounts`), await addPhone(stranger, workspaceId, 'Theirs')];
      return Promise.all(answers.map(async (answer) => ({ status: answer.status, code: ((await answer.json()) as { code: string }).code })));
    };
    const theirs = await ask(owner.workspaceId);
    expect(theirs).toEqual([{ status: 404, code: 'NOT_FOUND' }, { status: 404, code: 'NOT_FOUND' }, { status: 404, code: 'NOT_FOUND' }]);
    expect(theirs).toEqual(await ask('00000000-0000-7000-8000-000000000000'));
    expect(phonesOf(owner.workspaceId)).toEqual(before);
  });

  test('cannot name a network or bring a token of their own', async () => {
    const headers = { 'x-sandbox-network': owner.workspaceId, 'waxos-workspace': owner.workspaceId, authorization: `Bearer ${sandbox.variables.SANDBOX_CONTROL_TOKEN ?? ''}` };
    expect(await (await go(stranger, `/${stranger.workspaceId}/api/accounts`, { headers })).json()).toEqual({ accounts: [] });
    expect((await go(undefined, `/${owner.workspaceId}/api/accounts`, { headers })).status).toBe(401);
  });

  test('that was a member is out at once', async () => {
    const leaver = await arriveMember(gateway, owner, 'agent');
    expect((await go(leaver, `/${owner.workspaceId}/api/accounts`)).status).toBe(200);
    dataOf(await gateway.call.mutate('members.remove', { memberId: leaver.memberId }, owner.client));
    expect((await go(leaver, `/${owner.workspaceId}/api/accounts`)).status).toBe(404);
  });
});

test('another site can change nothing through a member’s browser', async () => {
  const before = phonesOf(owner.workspaceId);
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
    expect((await go(owner, `/${owner.workspaceId}/api/accounts`, { method: 'POST', body: '{"name":"Stolen"}', headers: { 'content-type': 'text/plain', ...headers } })).status).toBe(403);
  }
  expect(phonesOf(owner.workspaceId)).toEqual(before);
});

/** As no browser sends it: the address is not tidied up on the way. */
const askRaw = (path: string, person: Person): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    const asked = request({ hostname, port, path, headers: cookieOf(person), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });

test.each(['../control/ledger?network=x', '../../control/ledger?network=x', 'api/../../control/ledger?network=x', '..%2fcontrol%2fledger?network=x', '%2e%2e/control/ledger?network=x', String.raw`..\control\ledger?network=x`, '/evil.example/control', ''])(
  'nothing but phones is reached through the door: %s',
  async (rest) => {
    const status = await askRaw(`/sandbox/${owner.workspaceId}/${rest}`, owner);
    expect(status).toBe(rest === '' ? 200 : 404);
  },
);

test('a stream of changes ends after its time, so that who was shown out stays out', async () => {
  const line = openSandboxLine({ url: sandbox.variables.SANDBOX_URL ?? '', token: sandbox.variables.SANDBOX_CONTROL_TOKEN ?? '', certificate: sandbox.variables.SANDBOX_CERTIFICATE ?? '' });
  const app = await buildApp({ log: openLog({ name: 'test', level: 'silent' }), trustProxy: undefined });
  await addSandboxDoor(app, { services: gateway.services, secure: false, line, streamMs: 50 });
  onTestFinished(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const stream = await go(owner, `/${owner.workspaceId}/api/changes`, { url });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect(await stream.text()).toMatch(/^: here/);
});

test('a sandbox that is away is told in a sentence, and everything else goes on', async () => {
  const away = await openTestSandbox();
  const alone = await openTestGateway(away.variables);
  onTestFinished(alone.close);
  const person = await arriveOwner(alone, 'Alone');
  await away.close();
  const answer = await go(person, `/${person.workspaceId}/api/accounts`, { url: alone.url });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ code: 'UNAVAILABLE', text: expect.stringContaining('sandbox') });
  expect((await alone.call.query('workspaces.get', undefined, person.client)).status).toBe(200);
});

test('what one request leaves open is not read as the next one: no network is reached by what stands in a header', async () => {
  sandbox.network(owner.workspaceId).addAccount({ phone: '4915550000099', name: 'Secret of the harbour' });
  const heard: string[] = [];
  const smuggled = `GET /control/ledger?network=${owner.workspaceId}&from=1 HTTP/1.1`;
  const path = `/sandbox/${stranger.workspaceId}/api/accounts`;
  const send = (headers: Record<string, string | number>): Promise<void> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(gateway.url);
      const asked = request({ hostname, port, path, method: 'GET', headers: { ...cookieOf(stranger), ...headers }, agent: false, timeout: 2_000 }, (response) => {
        response.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
        response.on('error', () => resolve());
        response.on('close', () => resolve());
      });
      asked.on('timeout', () => asked.destroy());
      asked.on('error', (error) => (heard.length > 0 || 'code' in error ? resolve() : reject(error)));
      asked.end('content-length' in headers ? 'x'.repeat(Number(headers['content-length'])) : undefined);
    });
  const swallowed = `GET /phones/api/accounts HTTP/1.1\r\naccept: `.length;
  await send({ 'content-length': swallowed });
  await send({ accept: smuggled });
  await send({});
  expect(heard.join('')).not.toContain('Secret of the harbour');
  expect(heard).toEqual(heard.map(() => '{"accounts":[]}'));
});

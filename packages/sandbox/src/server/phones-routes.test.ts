import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { waitFor } from '@waxos/process/poll';
import { openSandbox, type Sandbox } from '../context.ts';
import type { AccountView, ThreadPage } from '../network/phone-view.ts';
import { ask, type Answered } from './testing/ask.ts';

const controlToken = 'a-token-for-the-tests';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox({ port: 0, controlToken, openPhones: true });
});
afterAll(() => sandbox.close());

const as = (network: string): Record<string, string> => ({ authorization: `Bearer ${controlToken}`, 'x-sandbox-network': network });
const get = <T>(path: string, headers: Record<string, string>): Promise<Answered<T>> => ask<T>(sandbox, `/phones/api/${path}`, { headers });
const post = <T>(path: string, headers: Record<string, string>, body: unknown): Promise<Answered<T>> => ask<T>(sandbox, `/phones/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

describe('phones of a network', () => {
  test('are added with a number of their own, listed, shown and removed', async () => {
    const first = await post<AccountView>('accounts', as('one'), { name: 'Shop' });
    expect(first).toMatchObject({ status: 201, json: { name: 'Shop', phone: expect.stringMatching(/^1555\d{7}$/) } });
    const second = await post('accounts', as('one'), { name: 'Café', phone: '4915550000001', addressing: 'lid', business: { description: 'Coffee', category: 'Café' } });
    expect(second.json).toMatchObject({ phone: '4915550000001', isBusiness: true, addressing: 'lid' });
    expect((await get<{ accounts: AccountView[] }>('accounts', as('one'))).json.accounts.map(({ name }) => name)).toEqual(['Shop', 'Café']);
    expect((await get<AccountView>(`accounts/${first.json.account}`, as('one'))).json.name).toBe('Shop');
    expect((await ask(sandbox, `/phones/api/accounts/${first.json.account}`, { method: 'DELETE', headers: as('one') })).status).toBe(204);
    expect((await get(`accounts/${first.json.account}`, as('one'))).status).toBe(404);
  });

  test('write to each other and read their threads', async () => {
    const [shop, guest] = [(await post<AccountView>('accounts', as('two'), { name: 'Shop' })).json, (await post<AccountView>('accounts', as('two'), { name: 'Guest' })).json];
    const sent = await post(`accounts/${guest.account}/acts/message.send`, as('two'), { chat: `${shop.phone}@c.us`, content: { kind: 'text', text: 'Open today?' } });
    expect(sent).toMatchObject({ status: 200, json: { value: { id: expect.any(String) } } });
    const thread = await get<ThreadPage>(`accounts/${shop.account}/thread?chat=${guest.phone}@c.us`, as('two'));
    expect(thread.json.messages.at(-1)).toMatchObject({ content: { kind: 'text', text: 'Open today?' }, authorName: expect.any(String) });
  });

  test('another network neither sees nor holds them', async () => {
    const { account } = (await post<AccountView>('accounts', as('three'), { name: 'Shop' })).json;
    expect((await get('accounts', as('four'))).json).toEqual({ accounts: [] });
    expect((await get(`accounts/${account}`, as('four'))).status).toBe(404);
    expect((await post(`accounts/${account}/acts/profile.about`, as('four'), { about: 'Taken over' })).status).toBe(404);
    const media = await ask<{ hash: string }>(sandbox, '/phones/api/media', { method: 'POST', headers: { ...as('three'), 'content-type': 'image/png' }, body: 'a picture' });
    expect(media.status).toBe(201);
    expect((await get(`media/${media.json.hash}`, as('three'))).text).toBe('a picture');
    expect((await get(`media/${media.json.hash}`, as('four'))).status).toBe(404);
  });

  test('show pictures at addresses that hold wherever the page stands', async () => {
    const { account } = (await post<AccountView>('accounts', as('five'), { name: 'Shop' })).json;
    const jpeg = Buffer.from('large').toString('base64');
    await post(`accounts/${account}/acts/picture.set`, as('five'), { of: `${account}@lid`, small: jpeg, large: jpeg });
    const { pictureUrl = '' } = (await get<AccountView>(`accounts/${account}`, as('five'))).json;
    expect(pictureUrl).toMatch(/^api\/pictures\/[\w-]{43}$/);
    expect((await ask(sandbox, `/phones/${pictureUrl}`, { headers: as('five') })).text).toBe('large');
    expect((await ask(sandbox, `/phones/${pictureUrl}`, { headers: as('six') })).status).toBe(404);
    expect((await post(`accounts/${account}/acts/picture.get`, as('five'), { of: `${account}@lid` })).json).toMatchObject({ value: { url: pictureUrl } });
  });
});

describe('what is refused', () => {
  test.each([
    ['accounts', { name: '' }],
    ['accounts', { name: 'Shop', phone: '0123' }],
    ['accounts', { name: 'Shop', admin: true }],
    ['accounts', 'Shop'],
  ])('%s with %j is no account', async (path, body) => {
    expect(await post(path, as('bad'), body)).toMatchObject({ status: 400, json: { code: 'bad_request', text: expect.any(String) } });
  });

  test('an act that does not exist, or with arguments it does not take', async () => {
    const { account } = (await post<AccountView>('accounts', as('bad'), { name: 'Shop' })).json;
    expect((await post(`accounts/${account}/acts/toString`, as('bad'), {})).status).toBe(404);
    expect(await post(`accounts/${account}/acts/profile.name`, as('bad'), { name: 7 })).toMatchObject({ status: 400, json: { code: 'bad_request' } });
  });

  test('a wrong token, a network without one, and a token without a network', async () => {
    expect((await get('accounts', { ...as('one'), authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await get('accounts', { 'x-sandbox-network': 'one' })).status).toBe(401);
    expect((await get('accounts', { authorization: `Bearer ${controlToken}` })).status).toBe(400);
  });
});

describe('open phones', () => {
  test('are those of the network default, for whoever reaches the port', async () => {
    const { account } = (await post<AccountView>('accounts', {}, { name: 'Shop' })).json;
    expect(sandbox.network('default').view(account).name).toBe('Shop');
  });

  test('cannot be held by another site in the same browser', async () => {
    expect((await post('accounts', { origin: 'https://evil.example' }, { name: 'Shop' })).status).toBe(403);
    expect((await get('accounts', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('are held by nobody where they were not opened', async () => {
    const closed = await openSandbox({ port: 0, controlToken });
    onTestFinished(closed.close);
    expect((await ask(closed, '/phones/api/accounts')).status).toBe(401);
  });
});

test('changes are told as they happen, until the reader goes', async () => {
  const network = sandbox.network('told');
  const { account } = network.addAccount({ phone: '15550000001', name: 'Shop' });
  let told = '';
  const stream = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: sandbox.port, path: '/phones/api/changes', headers: as('told'), ca: sandbox.certificate, agent: false }, resolve);
    asked.on('error', reject);
    asked.end();
  });
  stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await waitFor(() => (told.startsWith(': here') ? true : undefined), { timeoutMs: 5_000, what: 'the stream' });
  network.perform({ account, by: 'phone' }, 'profile.about', { about: 'Open' });
  await waitFor(() => (told.includes(`data: {"accounts":["${account}"]}\n\n`) ? true : undefined), { timeoutMs: 5_000, what: 'the change' });
  expect(stream.headers['content-type']).toContain('text/event-stream');
  stream.destroy();
});

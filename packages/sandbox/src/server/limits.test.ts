import { beforeAll, afterAll, expect, test } from 'vitest';
import { openSandbox, type Sandbox } from '../context.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import { ask, type Answered } from './testing/ask.ts';

const controlToken = 'a-token-for-the-tests';
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ port: 0, controlToken, ledgerMbMax: 0.5, mediaMbMax: 0.001 });
});
afterAll(() => sandbox.close());

const as = (network: string): Record<string, string> => ({ authorization: `Bearer ${controlToken}`, 'x-sandbox-network': network });
const post = (path: string, network: string, body: string): Promise<Answered> => ask(sandbox, `/phones/api/${path}`, { method: 'POST', headers: as(network), body });
const long = JSON.stringify({ kind: 'text', text: 'x'.repeat(60_000) });

test('a workspace that is full writes no more, still reads and ends what it has, and keeps no other from writing', async () => {
  const [full, other] = [sandbox.network('full'), sandbox.network('other')];
  const [one, two] = [full, other].map((network) => network.addAccount({ phone: '15550000001', name: 'Shop' }).account);
  const write = (network: string, account = ''): Promise<Answered> => post(`accounts/${account}/acts/message.send`, network, `{"chat":"15550000001@c.us","content":${long}}`);
  const statuses: number[] = [];
  for (let count = 0; count < 10; count += 1) statuses.push((await write('full', one)).status);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  expect(await write('full', one)).toMatchObject({ status: 429, json: { code: 'too_many', text: expect.stringContaining('SANDBOX_LEDGER_MB_MAX') } });
  expect((await post('accounts', 'full', '{"name":"Another"}')).status).toBe(429);
  expect((await post(`accounts/${one}/acts/contact.get`, 'full', '{"person":"15550000001@c.us"}')).status).toBe(200);
  expect((await ask(sandbox, `/phones/api/accounts/${one}`, { method: 'DELETE', headers: as('full') })).status).toBe(204);
  expect((await write('other', two)).status).toBe(200);
});

test('media beyond what a workspace may keep is refused with what can be done', async () => {
  expect((await post('media', 'pictures', 'x'.repeat(900))).status).toBe(201);
  expect(await post('media', 'pictures', 'y'.repeat(900))).toMatchObject({ status: 429, json: { text: expect.stringContaining('SANDBOX_MEDIA_MB_MAX') } });
});

test('people hold 500 phones in a workspace at most', async () => {
  const network = sandbox.network('phones');
  for (let count = 0; count < 500; count += 1) network.addAccount({ phone: String(15_550_000_000 + count), name: 'Phone' });
  expect(await post('accounts', 'phones', '{"name":"One more"}')).toMatchObject({ status: 429, json: { text: 'A workspace has 500 phones at most. Remove one first.' } });
});

test('a phone links four devices at most', () => {
  const network = sandbox.network('devices');
  const { account } = network.addAccount({ phone: '15550000001', name: 'Shop' });
  const link = () => network.link(account, { noise: 'n', identity: 'i', adv: 'a', platform: '1', name: 'Chrome', build: '2.3000.1' }, 'qr').device;
  const devices = [link(), link(), link(), link()];
  expect(link).toThrow(SandboxRefusal);
  network.expel(devices[0] ?? '', 'logged_out');
  expect(link).not.toThrow();
});

import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openSandbox, type Sandbox } from '../context.ts';
import type { LedgerEntry } from '../network/ledger-entry.ts';
import { openControlClient, type ControlClient } from './control-client.ts';
import { ask } from './testing/ask.ts';
import { openTestPage, registration } from './testing/open-page.ts';

const token = 'a-token-for-the-tests';
let sandbox: Sandbox;
let client: ControlClient;

beforeAll(async () => {
  sandbox = await openSandbox({ port: 0, controlToken: token });
  client = openControlClient({ url: sandbox.url, token, certificate: sandbox.certificate });
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

test('accounts are added, act and are shown', async () => {
  const shop = await client.call('accounts.add', { network: 'acts', account: { name: 'Shop' } });
  const guest = await client.call('accounts.add', { network: 'acts', account: { name: 'Guest', phone: '15550000002' } });
  const { id } = await client.perform('acts', { account: guest.account, by: 'phone' }, { name: 'message.send', args: { chat: `${shop.phone}@c.us`, content: { kind: 'text', text: 'Hello' } } });
  const { messages } = await client.call('thread.read', { network: 'acts', account: shop.account, chat: '15550000002@c.us', limit: 10 });
  expect(messages.at(-1)?.key.id).toBe(id);
  expect(await client.call('networks.list', {})).toContainEqual({ network: 'acts', accounts: 2, entries: await client.call('ledger.size', { network: 'acts' }) });
});

test('a refusal of the network is one here, with its code', async () => {
  await expect(client.call('accounts.get', { network: 'acts', account: '123456' })).rejects.toMatchObject({ name: 'ControlRefusal', code: 'not_found' });
  await expect(client.call('faults.set', { network: 'acts', scope: 'everyone', faults: { slowMs: -1 } })).rejects.toMatchObject({ code: 'bad_request' });
});

test('the ledger is followed from its first entry into what happens next', async () => {
  const stop = new AbortController();
  const { account } = await client.call('accounts.add', { network: 'followed', account: { name: 'Shop' } });
  const seen: LedgerEntry[] = [];
  for await (const entry of client.follow('followed', 1, AbortSignal.any([stop.signal, AbortSignal.timeout(10_000)]))) {
    seen.push(entry);
    if (entry.e === 'account.added') await client.perform('followed', { account, by: 'phone' }, { name: 'profile.about', args: { about: 'Open' } });
    if (entry.e === 'account.changed' && entry.about === 'Open') break;
  }
  stop.abort();
  expect(seen.map(({ n }) => n)).toEqual(seen.map((_entry, index) => index + 1));
  expect(await client.call('ledger.read', { network: 'followed', from: 1, limit: 1_000 })).toEqual(seen);
});

test('devices are listed with their sockets, and two sockets of one at once are counted', async () => {
  const network = sandbox.network('twice');
  const { account } = network.addAccount({ phone: '15550000001', name: 'Shop' });
  const { device, token: deviceToken } = network.link(account, registration, 'qr');
  const logIn = async () => {
    const page = await openTestPage(sandbox);
    onTestFinished(page.close);
    page.say({ t: 'login', device, token: deviceToken, build: '2.3000.1' });
    await page.take('welcome');
  };
  await logIn();
  expect(await client.call('devices.list', { network: 'twice' })).toMatchObject([{ device, account, sockets: 1, overlaps: 0, connected: true }]);
  await logIn();
  expect(await client.call('devices.list', { network: 'twice' })).toMatchObject([{ device, overlaps: 1 }]);
});

test('who waits in the lobby is listed with what it shows', async () => {
  const page = await openTestPage(sandbox);
  onTestFinished(page.close);
  page.say({ t: 'register', registration });
  const { refs } = await page.take('refs');
  expect(await client.call('lobby.list', {})).toContainEqual({ name: 'Chrome', build: registration.build, refs, passkey: false });
});

test('a device is expelled, and the page made heavy, from outside', async () => {
  const network = sandbox.network('outside');
  const { account } = network.addAccount({ phone: '15550000001', name: 'Shop' });
  const { device } = network.link(account, registration, 'qr');
  await client.call('device.expel', { device, reason: 'logged_out' });
  expect(network.view(account).devices).toEqual([]);
  await client.call('page.weigh', { weight: 'heavy' });
  expect((await ask(sandbox, '/', { headers: { host: 'web.whatsapp.com' } })).text).toContain('src="/heavy.js"');
});

test('media is brought for a network', async () => {
  expect(await client.upload('media', Buffer.from('a picture'), 'image/png')).toMatchObject({ mimetype: 'image/png', size: 9 });
});

test('without the token nothing is answered, and without the certificate nothing is asked', async () => {
  for (const headers of [{}, { authorization: 'Bearer a-token-for-the-testS' }, { authorization: `Basic ${token}` }]) {
    expect((await ask(sandbox, '/control/networks.list', { method: 'POST', headers })).status).toBe(401);
    expect((await ask(sandbox, '/control/ledger?network=acts', { headers })).status).toBe(401);
  }
  const other = await openSandbox({ port: 0 });
  onTestFinished(other.close);
  const misled = openControlClient({ url: sandbox.url, token, certificate: other.certificate });
  onTestFinished(misled.close);
  await expect(misled.call('networks.list', {})).rejects.toThrow(/certificate/);
});

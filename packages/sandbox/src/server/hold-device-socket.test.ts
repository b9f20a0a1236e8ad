import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSandbox, type Sandbox } from '../context.ts';
import type { Network } from '../network/network.ts';
import { WebSocket, WebSocketServer } from 'ws';
import { createRandom } from '../network/random.ts';
import { openDeviceSockets } from './device-sockets.ts';
import { openDeviceTokens } from './device-tokens.ts';
import { holdDeviceSocket } from './hold-device-socket.ts';
import { openLobby } from './lobby.ts';
import { openTestPage, qrOf, registration, type TestPage } from './testing/open-page.ts';

let sandbox: Sandbox;
let count = 0;

beforeAll(async () => {
  sandbox = await openSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

const openPage = async (headers?: Record<string, string>, at = sandbox): Promise<TestPage> => {
  const page = await openTestPage(at, headers);
  onTestFinished(page.close);
  return page;
};

/** A network of its own with one phone. */
const openPhone = (at = sandbox): { network: Network; account: string; number: string } => {
  count += 1;
  const number = `1555000${String(count).padStart(4, '0')}`;
  const network = at.network(`network ${count}`);
  return { network, account: network.addAccount({ phone: number, name: 'Shop' }).account, number };
};

const link = async (given: { network: Network; account: string }, at = sandbox): Promise<{ device: string; token: string }> => {
  const page = await openPage({}, at);
  page.say({ t: 'register', registration });
  const { refs } = await page.take('refs');
  given.network.perform({ account: given.account, by: 'phone' }, 'device.scan', { qr: qrOf(refs[0]) });
  const { device, token } = await page.take('linked');
  return { device, token };
};

const logIn = async (linked: { device: string; token: string }, at = sandbox): Promise<TestPage> => {
  const page = await openPage({}, at);
  page.say({ t: 'login', ...linked, build: '2.3000.1' });
  return page;
};

describe('a page without a link', () => {
  test('waits in the lobby, is linked by a scan, and logs in on the same socket', async () => {
    const { network, account, number } = openPhone();
    const page = await openPage();
    page.say({ t: 'register', registration });
    const { refs } = await page.take('refs');
    const { device } = network.perform({ account, by: 'phone' }, 'device.scan', { qr: qrOf(refs[0]) });
    const linked = await page.take('linked');
    expect(linked).toMatchObject({ device, me: { phone: `${number}@c.us`, lid: `${account}@lid`, pushName: 'Shop', platform: 'android' } });
    page.say({ t: 'login', device, token: linked.token, build: '2.3000.1' });
    expect((await page.take('welcome')).me).toEqual(linked.me);
    expect(network.view(account).devices).toMatchObject([{ device, connected: true }]);
  });

  test('is linked by the code that its phone number asked for', async () => {
    const { network, account, number } = openPhone();
    const page = await openPage();
    page.say({ t: 'register', registration });
    await page.take('refs');
    page.say({ t: 'pairByCode', id: 4, phone: number, notify: true });
    const { id, code } = await page.take('pairingCode');
    expect(id).toBe(4);
    const { device } = network.perform({ account, by: 'phone' }, 'device.enterCode', { code });
    expect((await page.take('linked')).device).toBe(device);
  });

  test('cannot be linked by a phone that is offline', async () => {
    const { network, account } = openPhone();
    const page = await openPage();
    page.say({ t: 'register', registration });
    const { refs } = await page.take('refs');
    network.perform({ account, by: 'phone' }, 'phone.online', { online: false });
    expect(() => network.perform({ account, by: 'phone' }, 'device.scan', { qr: qrOf(refs[0]) })).toThrow('offline');
  });

  test('leaves the lobby when its socket closes', async () => {
    const { network, account } = openPhone();
    const page = await openTestPage(sandbox);
    page.say({ t: 'register', registration });
    const { refs } = await page.take('refs');
    await page.close();
    const scan = (): true | undefined => {
      try {
        network.perform({ account, by: 'phone' }, 'device.scan', { qr: qrOf(refs[0]) });
        return undefined;
      } catch (error) {
        return String(error).includes('No device shows this QR code any more') ? true : undefined;
      }
    };
    expect(await waitFor(scan, { timeoutMs: 5_000, what: 'the page to have left' })).toBe(true);
  });

  test('is asked for a passkey where the account demands one', async () => {
    const { network, account } = openPhone();
    network.setFaults({ account }, { passkey: true });
    const page = await openPage();
    page.say({ t: 'register', registration });
    const { refs } = await page.take('refs');
    expect(() => network.perform({ account, by: 'phone' }, 'device.scan', { qr: qrOf(refs[0]) })).toThrow('passkey');
    await page.take('passkey');
    page.say({ t: 'passkeyAnswer', credential: { id: 'other' } });
    const again = await page.take('refs');
    expect(network.view(account).devices).toEqual([]);
    expect(() => network.perform({ account, by: 'phone' }, 'device.scan', { qr: qrOf(again.refs[0]) })).toThrow('passkey');
    page.say({ t: 'passkeyAnswer', credential: { id: 'sandbox' } });
    expect((await page.take('linked')).device).toBe(network.view(account).devices[0]?.device);
  });
});

describe('a login', () => {
  test('with a wrong token, an unknown device or one of another network is told that it is unpaired', async () => {
    const own = await link(openPhone());
    const other = await link(openPhone());
    for (const wrong of [{ device: own.device, token: 'no' }, { device: own.device, token: other.token }, { device: 'nobody', token: own.token }]) {
      const page = await logIn(wrong);
      expect(await page.take('closed')).toEqual({ t: 'closed', reason: 'unpaired' });
      expect(await page.ended).toBe('1000');
    }
  });

  test('finds its network again after a restart of the sandbox', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const first = await openSandbox({ port: 0, dataDir: folder });
    const linked = await link(openPhone(first), first);
    await first.close();
    const second = await openSandbox({ port: 0, dataDir: folder });
    onTestFinished(second.close);
    expect(second.spki).toBe(first.spki);
    expect((await (await logIn(linked, second)).take('welcome')).me.pushName).toBe('Shop');
  });

  test('answers acts, and tells a refusal as one', async () => {
    const page = await logIn(await link(openPhone()));
    await page.take('welcome');
    page.say({ t: 'act', id: 1, name: 'profile.about', args: { about: 'Open all day' } });
    expect(await page.take('result')).toMatchObject({ id: 1, result: { ok: true } });
    page.sayText(JSON.stringify({ t: 'act', id: 2, name: 'profile.about', args: { about: 7 } }));
    expect(await page.take('result')).toMatchObject({ id: 2, result: { ok: false, code: 'bad_request' } });
  });
});

describe('what a page may not do', () => {
  test.each(['no json', '{"t":"stanza"}', '{"t":"act","id":1,"name":"device.scan","args":{}}'])('%s ends its socket with a reason', async (text) => {
    const page = await openPage();
    page.sayText(text);
    expect(await page.ended).toMatch(/^1008 .+/);
  });

  test('a frame of more than a megabyte ends its socket', async () => {
    const page = await openPage();
    page.sayText(JSON.stringify({ t: 'refresh', filling: 'x'.repeat(1_000_000) }));
    expect(await page.ended).toMatch(/^1009/);
  });

  test('a device holds eight sockets at most', async () => {
    const given = openPhone();
    const linked = await link(given);
    for (let socket = 0; socket < 8; socket += 1) await (await logIn(linked)).take('welcome');
    expect(await (await logIn(linked)).ended).toBe('1006');
    expect(given.network.view(given.account).devices).toMatchObject([{ connected: true }]);
  });

  test('a page of another site is not let in', async () => {
    await expect(openTestPage(sandbox, { origin: 'https://evil.example' })).rejects.toThrow('403');
    await openPage({ origin: 'https://web.whatsapp.com' });
  });
});

test('a page that asks for more than it reads is cut off', async () => {
  const lobby = openLobby({ now: () => 0, random: createRandom('unread'), faults: () => ({ refCount: 20 }) });
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  server.on('connection', (socket) => holdDeviceSocket(socket, { lobby, sockets: openDeviceSockets(), tokens: openDeviceTokens(), findNetwork: () => undefined, report: () => undefined, unreadBytesMax: 100_000 }));
  await new Promise((resolve) => server.once('listening', resolve));
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
  await new Promise((resolve) => page.once('open', resolve));
  page.on('error', () => page.terminate());
  onTestFinished(() => page.terminate());
  page.send(JSON.stringify({ t: 'register', registration }));
  page.pause();
  const asking = (): true | undefined => {
    for (let times = 0; times < 500; times += 1) page.send('{"t":"refresh"}');
    return server.clients.size === 0 ? true : undefined;
  };
  expect(await waitFor(asking, { timeoutMs: 20_000, intervalMs: 5, what: 'the page to be cut off' })).toBe(true);
  expect(lobby.list()).toEqual([]);
}, 30_000);

describe('faults of the line', () => {
  test('a lost network cuts the socket and refuses new ones, until it is back', async () => {
    const given = openPhone();
    const linked = await link(given);
    const page = await logIn(linked);
    await page.take('welcome');
    given.network.setFaults({ device: linked.device }, { networkLoss: true });
    expect(await page.ended).toBe('1006');
    expect(await (await logIn(linked)).ended).toBe('1006');
    await expect(openTestPage(sandbox, { cookie: `other=1; device=${linked.device}` })).rejects.toThrow('403');
    given.network.clearFaults({ device: linked.device });
    expect((await (await logIn(linked)).take('welcome')).t).toBe('welcome');
  });

  test('a page of another build than the one that is served is told to load itself anew once, and let in when it comes with it again', async () => {
    const given = openPhone();
    const linked = await link(given);
    for (const build of ['2.3000.2', '2.3000.3']) {
      given.network.setFaults({ device: linked.device }, { build });
      expect((await (await logIn(linked)).take('reload')).t).toBe('reload');
      for (const _time of [1, 2]) expect((await (await logIn(linked)).take('welcome')).t).toBe('welcome');
    }
  });

  test('a slow line holds back what another device has long', async () => {
    const given = openPhone();
    const linked = await link(given);
    const [slow, quick] = await Promise.all([logIn(linked), link(given).then((other) => logIn(other))]);
    await Promise.all([slow.take('offlineEnd'), quick.take('offlineEnd')]);
    given.network.setFaults({ device: linked.device }, { slowMs: 600_000 });
    slow.say({ t: 'ping', n: 1 });
    quick.say({ t: 'ping', n: 1 });
    await quick.take('pong');
    expect(slow.heard.filter(({ t }) => t === 'pong')).toEqual([]);
  });

  test('a page that pours into a slow line is cut off', async () => {
    const given = openPhone();
    const linked = await link(given);
    const page = await logIn(linked);
    await page.take('offlineEnd');
    given.network.setFaults({ device: linked.device }, { slowMs: 600_000 });
    for (let n = 0; n < 10_001; n += 1) page.say({ t: 'ping', n });
    expect(await page.ended).toBe('1006');
  });

  test('a line that is a little slow keeps the order', async () => {
    const given = openPhone();
    const linked = await link(given);
    const page = await logIn(linked);
    await page.take('offlineEnd');
    given.network.setFaults({ device: linked.device }, { slowMs: 5 });
    for (const n of [1, 2, 3]) page.say({ t: 'ping', n });
    for (const n of [1, 2, 3]) expect(await page.take('pong')).toEqual({ t: 'pong', n });
  });

  test('a device that is expelled is told why, and its socket ends', async () => {
    const given = openPhone();
    const linked = await link(given);
    const page = await logIn(linked);
    await page.take('welcome');
    given.network.expel(linked.device, 'banned');
    expect(await page.take('closed')).toEqual({ t: 'closed', reason: 'banned' });
    expect(await page.ended).toBe('1000');
  });
});

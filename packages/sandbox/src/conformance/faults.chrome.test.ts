import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import type { Faults } from '../faults/faults.ts';
import { pageOf, type Device, type DeviceOptions } from './testing/device.ts';
import { inEachChromium, inOneChromium, type TestChromium } from './testing/test-chromium.ts';
import { receive, untilTold } from './testing/talk.ts';
import { useShop } from './testing/use-shop.ts';
import { openWorld, unhurried } from './testing/world.ts';

/** A linked shop of the test's own. */
const enter = async (chromium: TestChromium, faults: Faults = {}, client: DeviceOptions['client'] = {}) => {
  const world = await openWorld(faults);
  onTestFinished(() => world.close());
  const shop = world.newPhone();
  const device = await world.link(shop, chromium, { client });
  onTestFinished(() => device.close());
  return { world, shop, device };
};

/** Runs in the page before anything else: its timers go twenty times as fast, so that nobody waits for the library's fifteen seconds. */
const hurryTimers = (): void => {
  const wait = globalThis.setTimeout;
  Object.assign(globalThis, { setTimeout: (then: () => void, ms = 0) => wait(then, ms / 20) });
};

const deviceOf = (shop: { view: () => { devices: { device: string }[] } }): string => shop.view().devices[0]?.device ?? '';
const countOf = (device: Device, event: 'ready' | 'authenticated' | 'qr' | 'disconnected'): number => device.ear.all(event).length;
const untilCount = (device: Device, event: 'ready' | 'authenticated' | 'qr' | 'disconnected', count: number): Promise<true> =>
  waitFor(() => (countOf(device, event) >= count ? true : undefined), { timeoutMs: 10_000, what: `${count} × ${event}` });

inEachChromium((chromium) => {
  test('where the sync is over at once, neither authenticated nor ready is told until the page is helped (fault 1)', async () => {
    const { world, shop, device } = await enter(chromium);
    await device.close('keep');
    world.setFaults({ syncMs: 0 });
    const next = await world.openDevice(chromium, { dir: device.dir });
    onTestFinished(() => next.close());
    await next.client.initialize();
    const id = world.newPhone().say(shop.address, 'Anybody there?');
    await waitFor(async () => ((await next.ask<boolean>(`window.require('WAWebCollections').Msg.getModelsArray().some((msg) => msg.id.id === '${id}')`)) ? true : undefined), { timeoutMs: 10_000, what: 'the message in the page' });
    expect(await next.ask(`window.require('WAWebSocketModel').Socket.hasSynced`)).toBe(true);
    expect([countOf(next, 'authenticated'), countOf(next, 'ready')]).toEqual([0, 0]);
    await next.ask('window.onAppStateHasSyncedEvent()');
    await next.ear.until('ready');
    expect(countOf(next, 'authenticated')).toBe(1);
  });

  test('a navigation that loads nothing injects again, so that a QR is told twice (fault 3, upstream #201893)', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const device = await world.openDevice(chromium);
    onTestFinished(() => device.close());
    await device.client.initialize();
    const [first] = await device.ear.until('qr');
    await device.ask(`history.pushState({}, '', '/?again=1')`);
    await untilCount(device, 'qr', 2);
    expect(device.ear.all('qr')[1]).toEqual([first]);
    await device.settle();
  });

  test('ready is told again at every flip of hasSynced, and twice after a navigation (fault 3)', async () => {
    const { world, device } = await enter(chromium);
    const before = countOf(device, 'ready');
    const flip = async (): Promise<void> => {
      world.setFaults({ networkLoss: true });
      await device.ear.until('change_state', (state) => state === 'OPENING');
      world.clearFaults();
      await waitFor(async () => ((await device.client.getState()) === 'CONNECTED' ? true : undefined), { timeoutMs: 15_000, what: 'the connection to come back' });
    };
    await flip();
    await untilCount(device, 'ready', before + 1);
    const between = countOf(device, 'ready');
    await device.ask(`history.pushState({}, '', '/?again=1')`);
    await device.settle();
    await flip();
    await untilCount(device, 'ready', between + 2);
    expect(world.ledger('device.linked')).toHaveLength(1);
  }, 60_000);

  test('after a logout by the phone any navigation says LOGOUT again (fault 4)', async () => {
    const { shop, device } = await enter(chromium, { stateOnLogout: 'navigates' });
    shop.act('device.logOut', { device: deviceOf(shop) });
    await untilCount(device, 'disconnected', 1);
    await waitFor(() => (device.client.pupPage?.url().includes('post_logout=1') ? true : undefined), { timeoutMs: 10_000, what: 'the page of a logout' });
    await device.ear.until('qr', () => countOf(device, 'qr') >= 2);
    await device.settle();
    await device.ask(`history.pushState({}, '', location.href)`);
    await untilCount(device, 'disconnected', 2);
    await untilCount(device, 'qr', 3);
    await device.settle();
    expect(device.ear.all('disconnected')).toEqual([['LOGOUT'], ['LOGOUT']]);
    expect(shop.view().devices).toEqual([]);
  });

  test('a renderer that dies is told by no event, and a call on it does not return (fault 6)', async () => {
    const { world, shop, device } = await enter(chromium);
    const page = pageOf(device.client);
    const crashed = new Promise((resolve) => page.once('error', resolve));
    const session = await page.createCDPSession();
    const said = device.ear.log.length;
    session.send('Page.crash').catch(() => undefined);
    expect(String(await crashed)).toContain('crashed');
    const state = { settled: false };
    const call = device.client.getState().finally(() => (state.settled = true));
    call.catch(() => undefined);
    world.newPhone().say(shop.address, 'Nobody reads this.');
    // The browser lives and answers.
    expect(await device.client.pupBrowser?.version()).toContain('Chrom');
    expect(state.settled).toBe(false);
    expect(device.ear.log.slice(said)).toEqual([]);
  });

  test('a browser that is killed is told by no event (fault 6)', async () => {
    const { world, shop, device } = await enter(chromium);
    const browser = device.client.pupBrowser;
    const pid = browser?.process()?.pid;
    const said = device.ear.log.length;
    const gone = new Promise<void>((resolve) => browser?.once('disconnected', () => resolve()));
    process.kill(pid ?? 0, 'SIGKILL');
    await gone;
    await waitFor(() => (shop.view().devices[0]?.connected === false ? true : undefined), { timeoutMs: 10_000, what: 'the phone to see it disconnected' });
    expect(device.ear.log.slice(said)).toEqual([]);
    await expect(device.client.getState()).rejects.toThrow(/closed|detached/i);
    expect(world.ledger('device.unlinked')).toEqual([]);
  });

  test('while the network is lost only OPENING is told, and what was missed comes when it is back (fault 6)', async () => {
    const { world, shop, device } = await enter(chromium);
    const customer = world.newPhone();
    const said = device.ear.log.length;
    world.setFaults({ networkLoss: true });
    await device.ear.until('change_state', (state) => state === 'OPENING');
    const id = customer.say(shop.address, 'In the tunnel.');
    expect(device.ear.log.slice(said).map(({ event }) => event).filter((event) => event === 'disconnected')).toEqual([]);
    world.clearFaults();
    await device.ear.until('message', (message) => message.id.id === id);
    await device.ear.until('change_state', (state) => state === 'CONNECTED');
    expect(countOf(device, 'disconnected')).toBe(0);
  }, 60_000);

  test('two browsers with one link conflict: the older one is disconnected, and the newer one goes on', async () => {
    const { world, shop, device } = await enter(chromium);
    await device.close('keep');
    const copy = await mkdtemp(join(tmpdir(), 'waxos-device-'));
    await cp(device.dir, copy, { recursive: true });
    const older = await world.openDevice(chromium, { dir: device.dir });
    onTestFinished(() => older.close());
    await older.untilReady();
    const newer = await world.openDevice(chromium, { dir: copy });
    onTestFinished(() => newer.close());
    await newer.untilReady();
    const [reason] = await older.ear.until('disconnected');
    expect(reason).toBe('CONFLICT');
    const id = world.newPhone().say(shop.address, 'To whom?');
    await newer.ear.until('message', (message) => message.id.id === id);
    expect(older.ear.all('message')).toEqual([]);
    expect(world.ledger('device.unlinked')).toEqual([]);
  });

  test('a build that WhatsApp serves no longer is disconnected with DEPRECATED_VERSION', async () => {
    const { world, shop, device } = await enter(chromium);
    world.network.expel(deviceOf(shop), 'outdated');
    const [reason] = await device.ear.until('disconnected');
    expect(reason).toBe('DEPRECATED_VERSION');
    expect(world.ledger('device.unlinked')).toEqual([]);
  });

  test('a client that takes over on conflict is connected again', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const shop = world.newPhone();
    const device = await world.link(shop, chromium, { client: { takeoverOnConflict: true, takeoverTimeoutMs: 1 } });
    onTestFinished(() => device.close());
    world.network.expel(deviceOf(shop), 'conflict');
    await device.ear.until('change_state', (state) => state === 'CONFLICT');
    await waitFor(async () => ((await device.client.getState()) === 'CONNECTED' ? true : undefined), { timeoutMs: 10_000, what: 'the connection taken over' });
    const id = world.newPhone().say(shop.address, 'Still there?');
    await device.ear.until('message', (message) => message.id.id === id);
    expect(countOf(device, 'disconnected')).toBe(0);
  });

  test('a banned account is disconnected with TOS_BLOCK', async () => {
    const { world, shop, device } = await enter(chromium);
    world.network.expel(deviceOf(shop), 'banned');
    const [reason] = await device.ear.until('disconnected');
    expect(reason).toBe('TOS_BLOCK');
    expect(world.ledger('device.unlinked')).toMatchObject([{ reason: 'banned' }]);
  });

  test('a connection that is reset comes back by itself', async () => {
    const { world, shop, device } = await enter(chromium);
    await device.client.resetState();
    const id = world.newPhone().say(shop.address, 'After the reset.');
    await device.ear.until('message', (message) => message.id.id === id);
    expect(await device.client.getState()).toBe('CONNECTED');
    expect(world.ledger('device.connected').length).toBeGreaterThanOrEqual(2);
  });

  test('a new build reloads the page, and the client is ready again in it', async () => {
    const { world, shop, device } = await enter(chromium, { ...unhurried, build: '2.3000.1040000000' });
    const before = countOf(device, 'ready');
    world.setFaults({ build: '2.3000.1049999999' });
    await device.client.resetState();
    await waitFor(async () => ((await device.client.getWWebVersion().catch(() => '')) === '2.3000.1049999999' ? true : undefined), { timeoutMs: 15_000, what: 'the new build' });
    await untilCount(device, 'ready', before + 1);
    const id = world.newPhone().say(shop.address, 'In the new build.');
    const [message] = await device.ear.until('message', (one) => one.id.id === id);
    expect(message.body).toBe('In the new build.');
  });

  test('a passkey demanded while linking leaves the device unlinked, and the page asks the browser for one (fault 13, upstream #201806)', async () => {
    const world = await openWorld({ passkey: true });
    onTestFinished(() => world.close());
    const shop = world.newPhone();
    const device = await world.openDevice(chromium);
    onTestFinished(() => device.close());
    await device.client.initialize();
    const [qr] = await device.ear.until('qr');
    await device.ask(`window.keysAsked = 0; navigator.credentials.get = () => { window.keysAsked += 1; return new Promise(() => undefined); }; true`);
    await Promise.resolve()
      .then(() => shop.act('device.scan', { qr }))
      .catch(() => undefined);
    await waitFor(async () => ((await device.ask<number>('window.keysAsked')) > 0 ? true : undefined), { timeoutMs: 10_000, what: 'the page to ask for a passkey' });
    expect([countOf(device, 'authenticated'), countOf(device, 'ready')]).toEqual([0, 0]);
    expect(shop.view().devices).toEqual([]);
  });
});

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a message that comes as a ciphertext is told as one, and as itself when the phone has filled it (upstream #182677)', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    shop.world.setFaults({ ciphertextMs: 300 });
    const id = customer.say(shop.phone.address, 'Decrypted later.');
    const [placeholder] = await shop.ear.until('message_ciphertext', (one) => one.id.id === id);
    expect(placeholder).toMatchObject({ type: 'ciphertext', body: '' });
    expect(await untilTold(shop, id)).toMatchObject({ type: 'chat', body: 'Decrypted later.' });
    expect(shop.ear.all('message').filter(([one]) => one.id.id === id)).toHaveLength(1);
    expect(shop.ear.all('message_ciphertext_failed')).toEqual([]);
    shop.world.clearFaults();
    expect(shop.world.ledger('message.filled', (entry) => entry.id === id)).toHaveLength(1);
  });

  test('a send that throws after it has reached the network is on the customer’s phone all the same (upstream #201833)', async () => {
    const customer = shop.customer();
    shop.world.setFaults({ sendThrowsAfter: true });
    await receive(shop, customer, 'hello');
    await expect(shop.client.sendMessage(customer.address, 'Did it go?')).rejects.toThrow('_serialized');
    shop.world.clearFaults();
    await customer.untilText(shop.phone.address, 'Did it go?');
    expect(shop.world.ledger('message.sent', ({ content }) => content.kind === 'text' && content.text === 'Did it go?')).toHaveLength(1);
  });

  test('a message that the server does not tick has none until it is delivered', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    await receive(shop, customer, 'hello');
    customer.act('phone.online', { online: false });
    shop.world.setFaults({ noServerTick: true });
    const sent = await shop.client.sendMessage(customer.address, 'Untick.');
    await shop.world.untilLedger('message.sent', ({ id }) => id === sent.id.id);
    await receive(shop, other, 'Anything else?');
    expect((await shop.client.getMessageById(sent.id._serialized)).ack).toBe(0);
    expect(shop.ear.all('message_ack').filter(([{ id }]) => id.id === sent.id.id)).toEqual([]);
    shop.world.clearFaults();
    customer.act('phone.online', { online: true });
    await shop.ear.until('message_ack', ({ id }, ack) => id.id === sent.id.id && ack === 2);
  });

  test('a page that has gone deaf tells nothing of what it keeps', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    shop.world.setFaults({ deaf: true });
    const id = customer.say(shop.phone.address, 'Unheard.');
    await waitFor(async () => ((await shop.device.ask<boolean>(`window.require('WAWebCollections').Msg.getModelsArray().some((msg) => msg.id.id === '${id}')`)) ? true : undefined), { timeoutMs: 10_000, what: 'the message in the page' });
    shop.world.clearFaults();
    await receive(shop, customer, 'Heard.');
    expect(shop.ear.all('message').filter(([one]) => one.id.id === id)).toEqual([]);
    const chat = await shop.client.getChatById(customer.address);
    expect((await chat.fetchMessages({ limit: 10 })).map(({ body }) => body)).toContain('Unheard.');
  });

  test('with the phone offline messages go both ways, as with several devices', async () => {
    const customer = shop.customer();
    shop.phone.act('phone.online', { online: false });
    const message = await receive(shop, customer, 'Is your phone off?');
    await message.reply('It is.');
    await customer.untilText(shop.phone.address, 'It is.');
    shop.phone.act('phone.online', { online: true });
    expect(shop.phone.view().online).toBe(true);
  });

  test('on a slow network messages take their time and none is lost', async () => {
    const customer = shop.customer();
    shop.world.setFaults({ slowMs: 250 });
    const begun = performance.now();
    const message = await receive(shop, customer, 'Slowly.');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(250);
    await message.reply('Slowly back.');
    await customer.untilText(shop.phone.address, 'Slowly back.');
    shop.world.clearFaults();
  });
});

inOneChromium((chromium) => {
  test('a build that has renamed a field of its keys sends, and the call answers nothing (upstream #201833)', async () => {
    const { world, shop, device } = await enter(chromium, { renamedKey: true, build: '2.3000.1043220887' });
    const customer = world.newPhone();
    const answer: unknown = await device.client.sendMessage(customer.address, 'Renamed.').catch((error: unknown) => error);
    await customer.untilText(shop.address, 'Renamed.');
    expect(answer === undefined || answer instanceof Error).toBe(true);
  });

  test('a ciphertext that the phone never fills is told as failed (upstream #182677)', async () => {
    const { world, shop, device } = await enter(chromium, {}, { evalOnNewDoc: hurryTimers });
    const customer = world.newPhone();
    world.setFaults({ ciphertextMs: -1 });
    const id = customer.say(shop.address, 'Lost for good.');
    const [failed] = await device.ear.until('message_ciphertext_failed', (one) => one.id.id === id);
    expect(failed.type).toBe('ciphertext');
    expect(device.ear.all('message').filter(([one]) => one.id.id === id)).toEqual([]);
    expect(world.ledger('message.filled', (entry) => entry.id === id)).toEqual([]);
  });

  test('a ciphertext that no device can have is not asked for', async () => {
    const { world, shop, device } = await enter(chromium);
    const customer = world.newPhone();
    world.setFaults({ ciphertextMs: -1, ciphertextSubtype: 'view_once_unavailable_fanout' });
    const id = customer.say(shop.address, 'Only on the phone.');
    const [placeholder] = await device.ear.until('message_ciphertext', (one) => one.id.id === id);
    expect(placeholder.rawData).toMatchObject({ subtype: 'view_once_unavailable_fanout' });
    expect((await shop.until(customer.address, ({ key }) => key.id === id, 'the message on the shop’s phone')).content).toMatchObject({ text: 'Only on the phone.' });
  });
});

import type { Faults } from '@waxos/sandbox/faults/faults';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import { DriverDead } from './driver.ts';
import { drive, linkDriven, type Driven } from './testing/drive.ts';

const deviceOf = (phone: Phone): string => phone.view().devices[0]?.device ?? '';

inOneChromium((chromium) => {
  const enter = async (faults: Faults = {}): Promise<{ world: World; shop: Phone; linked: () => Promise<Driven>; fresh: (dir?: string) => Promise<Driven> }> => {
    const world = await openWorld(faults);
    onTestFinished(() => world.close());
    const shop = world.newPhone();
    const held = (driven: Driven): Driven => {
      onTestFinished(() => driven.close());
      return driven;
    };
    return { world, shop, linked: async () => held(await linkDriven(world, shop, { chromium })), fresh: async (dir) => held(await drive(world, chromium, { deadlines: { modulesMs: 500 }, ...(dir === undefined ? {} : { dir }) })) };
  };

  test('where the sync is over at once the driver is ready all the same, once, also after a restart (fault 1)', async () => {
    const { world, shop, linked, fresh } = await enter({ syncMs: 0 });
    const first = await linked();
    await first.driver.ping();
    await first.close('keep');
    const again = await fresh(first.dir);
    await again.driver.open();
    await again.until('ready');
    expect([again.all('ready'), again.all('qr'), again.all('authenticating')].map((events) => events.length)).toEqual([1, 0, 1]);
    const id = world.newPhone().say(shop.address, 'Anybody there?');
    await again.until('message.seen', ({ message }) => message.key.id === id);
  });

  test('messages that wait for the device are told though they come before the library is ready (fault 2)', async () => {
    const { world, shop, linked, fresh } = await enter({ syncMs: 1_000 });
    const first = await linked();
    await first.close('keep');
    const customer = world.newPhone();
    const ids = Array.from({ length: 20 }, (_none, index) => customer.say(shop.address, `While you slept ${index}`));
    const again = await fresh(first.dir);
    await again.driver.open();
    await again.until('ready');
    await again.until('message.seen', ({ message }) => message.key.id === ids.at(-1));
    expect(again.all('message.seen').map(({ message }) => message.key.id)).toEqual(ids);
  });

  test('navigations within the page and flips of the sync repeat neither QR nor ready nor a message (fault 3), and a lost network is told (fault 6)', async () => {
    const { world, shop, fresh } = await enter();
    const driven = await fresh();
    await driven.driver.open();
    const { qr } = await driven.until('qr');
    const [page] = await driven.browser.pages();
    await page?.evaluate(`history.pushState({}, '', '/?again=1')`);
    shop.act('device.scan', { qr });
    await driven.until('ready');
    await page?.evaluate(`history.pushState({}, '', '/?again=2')`);
    world.setFaults({ networkLoss: true });
    await driven.until('connection', ({ up }) => !up);
    world.clearFaults();
    await driven.until('connection', ({ up }) => up);
    const id = world.newPhone().say(shop.address, 'Once.');
    await driven.until('message.seen', ({ message }) => message.key.id === id);
    await driven.driver.ping();
    expect(driven.told.map(({ type }) => type).filter((type) => !['chat.changed', 'person.changed', 'syncing'].includes(type))).toEqual(['qr', 'authenticating', 'ready', 'connection', 'connection', 'message.seen']);
  });

  test.each(['UNPAIRED', 'navigates'] as const)('a logout by the phone is one end, and no QR follows it, where the page says %s (fault 4)', async (stateOnLogout) => {
    const { shop, linked } = await enter({ stateOnLogout });
    const driven = await linked();
    shop.act('device.logOut', { device: deviceOf(shop) });
    await driven.until('ended');
    const shown = driven.all('qr').length;
    const [page] = await driven.browser.pages();
    const used = driven.all('qr').at(-1)?.qr.split(',')[0];
    await waitFor(async () => ((await page?.evaluate(`![undefined, '${used}'].includes(globalThis.require?.('WAWebConnModel').Conn.ref)`).catch(() => false)) === true ? true : undefined), { timeoutMs: 10_000, what: 'the page to offer a new QR' });
    expect(driven.all('ended')).toHaveLength(1);
    expect(driven.all('qr')).toHaveLength(shown);
  });

  test.each(['UNPAIRED', 'navigates'] as const)('a link that was taken back while the browser was closed is an end, not a QR, where the page says %s (fault 10)', async (stateOnLogout) => {
    const { shop, linked, fresh } = await enter({ stateOnLogout });
    const first = await linked();
    await first.close('keep');
    shop.act('device.logOut', { device: deviceOf(shop) });
    const again = await fresh(first.dir);
    await again.driver.open();
    await again.until('ended');
    expect([again.all('qr'), again.all('ready')]).toEqual([[], []]);
  });

  test('logging out here takes the device off the phone, and is one end (fault 4)', async () => {
    const { shop, linked } = await enter();
    const driven = await linked();
    await driven.driver.logOut();
    expect(driven.all('ended')).toEqual([{ type: 'ended', how: 'logged_out' }]);
    await waitFor(() => (shop.view().devices.length === 0 ? true : undefined), { timeoutMs: 10_000, what: 'the phone to show no device' });
  });

  test('QRs that are used up are told as idle, and come again when asked for (fault 5)', async () => {
    const { world, fresh } = await enter({ firstRefMs: 200, nextRefMs: 200, refCount: 2 });
    const driven = await fresh();
    await driven.driver.open();
    await driven.until('idle');
    const shown = driven.all('qr').length;
    world.setFaults({ firstRefMs: 60_000, refCount: 6 });
    await driven.driver.refreshQr();
    await waitFor(() => (driven.all('qr').length > shown ? true : undefined), { timeoutMs: 10_000, what: 'another QR' });
    expect(new Set(driven.all('qr').map(({ qr }) => qr)).size).toBe(driven.all('qr').length);
  });

  test('a code that is typed on the phone links as well', async () => {
    const { shop, fresh } = await enter();
    const driven = await fresh();
    await driven.driver.open();
    await driven.until('qr');
    await driven.driver.requestCode(shop.number);
    shop.act('device.enterCode', { code: (await driven.until('code')).code });
    await driven.until('ready');
    expect(shop.view().devices).toMatchObject([{ connected: true }]);
  });

  test('a page that dies is told at once, its calls end, and it can be opened again (fault 6)', async () => {
    const { world, shop, linked } = await enter();
    const driven = await linked();
    const [page] = await driven.browser.pages();
    const call = driven.driver.readBack({ kind: 'person', person: { lid: shop.account } }, { since: 0, limit: 1 }).catch((error: unknown) => error);
    await call;
    const session = await page?.createCDPSession();
    session?.send('Page.crash').catch(() => undefined);
    expect(await driven.until('dead')).toEqual({ type: 'dead', what: 'page' });
    await expect(driven.driver.ping()).rejects.toBeInstanceOf(DriverDead);
    await driven.driver.open();
    await waitFor(() => (driven.all('ready').length === 2 ? true : undefined), { timeoutMs: 15_000, what: 'ready again' });
    const id = world.newPhone().say(shop.address, 'Back?');
    await driven.until('message.seen', ({ message }) => message.key.id === id);
    expect(driven.all('dead')).toHaveLength(1);
  });

  test('a browser that is killed is told as such (fault 6)', async () => {
    const { linked } = await enter();
    const driven = await linked();
    process.kill(driven.browser.process()?.pid ?? 0, 'SIGKILL');
    expect(await driven.until('dead')).toEqual({ type: 'dead', what: 'browser' });
    await expect(driven.driver.ping()).rejects.toBeInstanceOf(DriverDead);
  });

  test('a passkey that is demanded is told, and nothing is linked (fault 13)', async () => {
    const { shop, fresh } = await enter({ passkey: true });
    const driven = await fresh();
    await driven.driver.open();
    const { qr } = await driven.until('qr');
    expect(() => shop.act('device.scan', { qr })).toThrow('passkey');
    await driven.until('passkey');
    expect(driven.all('authenticating')).toEqual([]);
  });

  test('a conflict, a ban and a build that is served no longer each end the session by their name', async () => {
    const { world, shop, linked } = await enter();
    for (const [reason, how] of [['conflict', 'conflict'], ['outdated', 'outdated'], ['banned', 'banned']] as const) {
      const driven = await linked();
      world.network.expel(shop.view().devices.find(({ connected }) => connected)?.device ?? '', reason);
      expect(await driven.until('ended')).toEqual({ type: 'ended', how });
    }
  }, 90_000);

  test('a new build reloads the page, which is ready again in it', async () => {
    const { world, shop, linked } = await enter({ build: '2.3000.1040000000' });
    const driven = await linked();
    world.setFaults({ build: '2.3000.1049999999' });
    const [page] = await driven.browser.pages();
    await page?.evaluate(`window.require('WAWebSocketModel').Socket.reconnect()`);
    await driven.until('ready', ({ build }) => build === '2.3000.1049999999');
    const id = world.newPhone().say(shop.address, 'In the new build.');
    const { message } = await driven.until('message.seen', (event) => event.message.key.id === id);
    expect(message.content).toEqual({ kind: 'text', text: 'In the new build.' });
  });

  test('a page that is loaded again while it is being injected into leaves no failure unseen, and is ready in the end (fault 7)', async () => {
    const { world, shop, linked } = await enter({ syncMs: 300 });
    const loose: unknown[] = [];
    const hear = (error: unknown): void => void loose.push(error);
    process.on('unhandledRejection', hear);
    onTestFinished(() => void process.off('unhandledRejection', hear));
    const driven = await linked();
    const [page] = await driven.browser.pages();
    for (const _time of [1, 2, 3]) await page?.reload({ waitUntil: 'domcontentloaded' });
    await waitFor(() => (driven.all('ready').length >= 2 ? true : undefined), { timeoutMs: 15_000, what: 'ready again' });
    const id = world.newPhone().say(shop.address, 'After all that.');
    await driven.until('message.seen', ({ message }) => message.key.id === id);
    expect([loose, driven.all('broken'), driven.all('dead')]).toEqual([[], [], []]);
  });

  test('a page that lacks a module names it with its build, and nothing crashes', async () => {
    const { fresh } = await enter();
    const driven = await fresh();
    const [page] = await driven.browser.pages();
    await page?.evaluateOnNewDocument(`{ let given; Object.defineProperty(globalThis, 'require', { configurable: true, get: () => given && ((name) => { if (name === 'WAWebUserPrefsMultiDevice') throw new Error('Requiring unknown module'); return given(name); }), set: (value) => { given = value; } }); }`);
    await driven.driver.open();
    expect(await driven.until('broken')).toEqual({ type: 'broken', build: expect.stringMatching(/^2\./), missing: ['WAWebUserPrefsMultiDevice.getADVSecretKey'] });
    expect(driven.all('qr')).toEqual([]);
  });
});

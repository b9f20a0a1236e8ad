import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Faults } from '../faults/faults.ts';
import type { NewAccount } from '../network/network.ts';
import { listProcesses, type Device } from './testing/device.ts';
import type { Phone } from './testing/phone.ts';
import { inEachChromium, type TestChromium } from './testing/test-chromium.ts';
import { inEachOrder } from './testing/use-shop.ts';
import { openWorld, unhurried, type World } from './testing/world.ts';

interface Linked {
  world: World;
  shop: Phone;
  device: Device;
}

/** A shop with a linked client, all of it the test's own. */
const enter = async (chromium: TestChromium, { faults = {}, account = {} }: { faults?: Faults; account?: Partial<NewAccount> } = {}): Promise<Linked> => {
  const world = await openWorld(faults);
  onTestFinished(() => world.close());
  const shop = world.newPhone(account);
  const device = await world.link(shop, chromium);
  onTestFinished(() => device.close());
  return { world, shop, device };
};

/** Closes the browser and opens another on the same profile, ready when it resolves. */
const restart = async ({ world, device }: Linked, chromium: TestChromium, dir = device.dir): Promise<Device> => {
  const next = await begin({ world, device }, chromium, dir);
  await next.untilReady();
  return next;
};

const begin = async ({ world, device }: Pick<Linked, 'world' | 'device'>, chromium: TestChromium, dir = device.dir): Promise<Device> => {
  await device.close('keep');
  const next = await world.openDevice(chromium, { dir });
  onTestFinished(() => next.close());
  return next;
};

const bodiesOf = async (device: Device, chat: string): Promise<string[]> => (await (await device.client.getChatById(chat)).fetchMessages({ limit: 200 })).map(({ body }) => body);

inEachChromium((chromium) => {
  inEachOrder(({ offlineBeforeSync, addressing }) => {
    test('a linked profile starts again without a QR, and knows its chats', async () => {
      const linked = await enter(chromium, { faults: { offlineBeforeSync }, account: { addressing } });
      const { world, shop, device } = linked;
      const customer = world.newPhone({ addressing });
      customer.say(shop.address, 'Before the restart.');
      await device.ear.until('message', ({ body }) => body === 'Before the restart.');
      const next = await restart(linked, chromium);
      expect(next.ear.all('qr')).toEqual([]);
      expect(await bodiesOf(next, customer.address)).toEqual(['Before the restart.']);
      expect(world.ledger('device.linked')).toHaveLength(1);
      customer.say(shop.address, 'After the restart.');
      await next.ear.until('message', ({ body }) => body === 'After the restart.');
    });

    test('what was sent while the client was away is found in the chats after its start, each once, though not all of it fires (fault 2)', async () => {
      const linked = await enter(chromium, { faults: { offlineBeforeSync }, account: { addressing } });
      const { world, shop, device } = linked;
      const customer = world.newPhone({ addressing });
      customer.say(shop.address, 'hello');
      await device.ear.until('message', ({ body }) => body === 'hello');
      await device.close('keep');
      const texts = Array.from({ length: 20 }, (_, index) => `missed ${index}`);
      for (const text of texts) customer.say(shop.address, text);
      const next = await restart(linked, chromium);
      const last = customer.say(shop.address, 'live again');
      await next.ear.until('message', ({ id }) => id.id === last);
      expect(await bodiesOf(next, customer.address)).toEqual(['hello', ...texts, 'live again']);
      const told = next.ear.all('message').flatMap(([{ body }]) => (texts.includes(body) ? [body] : []));
      expect(new Set(told).size).toBe(told.length);
      // What came before `ready` has no listener yet.
      expect(told.length).toBeLessThanOrEqual(offlineBeforeSync ? 0 : texts.length);
      expect((await next.client.getChatById(customer.address)).unreadCount).toBeGreaterThanOrEqual(texts.length);
    });
  });

  test('the progress of what was missed is told while it comes in', async () => {
    const linked = await enter(chromium, { faults: unhurried });
    const { world, shop, device } = linked;
    const customer = world.newPhone();
    await device.close('keep');
    for (let index = 0; index < 30; index += 1) customer.say(shop.address, `missed ${index}`);
    const next = await restart(linked, chromium);
    const [percent, message] = await next.ear.until('loading_screen');
    expect(Number(percent)).toBeGreaterThanOrEqual(0);
    expect(message).toBe('WhatsApp');
    expect(world.ledger('message.delivered').flatMap(({ ids }) => ids).length).toBeGreaterThanOrEqual(30);
  });

  test('a link moves with its profile’s folder', async () => {
    const linked = await enter(chromium);
    const elsewhere = await mkdtemp(join(tmpdir(), 'waxos-moved-'));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    await linked.device.close('keep');
    await rename(join(linked.device.dir, 'session'), join(elsewhere, 'session'));
    const next = await restart(linked, chromium, elsewhere);
    expect(next.ear.all('qr')).toEqual([]);
    expect(linked.world.ledger('device.linked')).toHaveLength(1);
  });

  test('a client that logs itself out is gone from the phone, its profile is deleted, and nothing is told (fault 4)', async () => {
    const { world, shop, device } = await enter(chromium);
    await device.client.logout();
    await waitFor(() => (shop.view().devices.length === 0 ? true : undefined), { timeoutMs: 10_000, what: 'the phone to list no device' });
    expect(existsSync(join(device.dir, 'session'))).toBe(false);
    expect(device.ear.all('disconnected')).toEqual([]);
    expect(world.ledger('device.unlinked')).toHaveLength(1);
  });

  test('a device that the phone logs out says LOGOUT, deletes its profile under a running browser and shows a new QR (fault 4)', async () => {
    const { world, shop, device } = await enter(chromium, { faults: { stateOnLogout: 'navigates' } });
    shop.act('device.logOut', { device: shop.view().devices[0]?.device ?? '' });
    const [reason] = await device.ear.until('disconnected');
    expect(reason).toBe('LOGOUT');
    await device.ear.until('qr', (qr) => qr !== device.ear.all('qr')[0]?.[0]);
    expect((await listProcesses(device.dir)).length).toBeGreaterThan(0);
    await device.settle();
    expect(world.ledger('device.unlinked')).toMatchObject([{ account: shop.account, reason: 'logged_out' }]);
  });

  test('a device whose socket is unpaired first says UNPAIRED, and its profile stays (fault 4)', async () => {
    const { shop, device } = await enter(chromium, { faults: { stateOnLogout: 'UNPAIRED' } });
    shop.act('device.logOut', { device: shop.view().devices[0]?.device ?? '' });
    const [reason] = await device.ear.until('disconnected');
    expect(reason).toBe('UNPAIRED');
    await waitFor(async () => ((await listProcesses(device.dir)).length === 0 ? true : undefined), { timeoutMs: 10_000, what: 'the browser to end' });
    expect(await readdir(device.dir)).toContain('session');
    expect(shop.view().devices).toEqual([]);
  });

  test('a profile whose link has ended meanwhile shows a QR, and auth_failure never fires (fault 10)', async () => {
    const linked = await enter(chromium);
    const { shop, device } = linked;
    await device.close('keep');
    shop.act('device.logOut', { device: shop.view().devices[0]?.device ?? '' });
    const next = await begin(linked, chromium);
    const starting = next.client.initialize();
    const [qr] = await next.ear.until('qr');
    await starting;
    expect(qr).not.toBe('');
    expect(next.ear.all('auth_failure')).toEqual([]);
    expect(next.ear.all('ready')).toEqual([]);
    expect(shop.view().devices).toEqual([]);
  });
});

test('a link made in a headless shell lives on in Chromium, with its chats', async ({ skip }) => {
  const [full, shell] = inject('testChromiums');
  const lacking = [full, shell].find((chromium) => chromium?.executablePath === undefined);
  if (full === undefined || shell === undefined || lacking !== undefined) return skip(lacking?.whyNot);
  const linked = await enter(shell);
  const customer = linked.world.newPhone();
  customer.say(linked.shop.address, 'Remember me.');
  await linked.device.ear.until('message', ({ body }) => body === 'Remember me.');
  const next = await restart(linked, full);
  expect(next.ear.all('qr')).toEqual([]);
  expect(await bodiesOf(next, customer.address)).toEqual(['Remember me.']);
});

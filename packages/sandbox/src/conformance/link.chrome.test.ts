import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import type { Faults } from '../faults/faults.ts';
import { listProcesses, type Device, type DeviceOptions } from './testing/device.ts';
import type { Phone } from './testing/phone.ts';
import { inEachChromium, type TestChromium } from './testing/test-chromium.ts';
import { inEachOrder } from './testing/use-shop.ts';
import { openWorld, type World } from './testing/world.ts';

const refOf = (qr: string): string => qr.split(',')[0] ?? '';

inEachChromium((chromium) => {
  inEachOrder((order) => {
    test('a QR scanned by a phone links the device, and the client is ready', async () => {
      const { world } = await enter({ offlineBeforeSync: order.offlineBeforeSync });
      const shop = world.newPhone({ addressing: order.addressing });
      const device = await world.link(shop, chromium);
      onTestFinished(() => device.close());
      const events = device.ear.log.map(({ event }) => event);
      expect(events.indexOf('qr')).toBeLessThan(events.indexOf('authenticated'));
      expect(events.indexOf('authenticated')).toBeLessThan(events.indexOf('ready'));
      expect(device.client.info.wid._serialized).toBe(shop.byPhone);
      expect(device.client.info.pushname).toBe(shop.name);
      expect(await device.client.getState()).toBe('CONNECTED');
      expect(shop.view().devices).toMatchObject([{ connected: true }]);
      expect(world.ledger('device.linked', (entry) => entry.account === shop.account)).toMatchObject([{ how: 'qr' }]);
    });
  });

  test('a QR that nobody scans gives way to another, and the phone that scans the old one is refused', async () => {
    const { world, start } = await enter({ firstRefMs: 300, nextRefMs: 300, refCount: 20 });
    const shop = world.newPhone();
    const device = await start();
    const [first] = await device.ear.until('qr');
    const [second] = await device.ear.until('qr', (qr) => refOf(qr) !== refOf(first));
    expect(refOf(second)).not.toBe(refOf(first));
    expect(() => shop.act('device.scan', { qr: first })).toThrow('expired');
    expect(shop.view().devices).toEqual([]);
  });

  test('a device whose QRs are used up is idle, shows no other by itself, and shows one after refreshQR (fault 5)', async () => {
    const { world, start } = await enter({ firstRefMs: 200, nextRefMs: 200, refCount: 2 });
    const shop = world.newPhone();
    const device = await start();
    await untilState(device, 'UNPAIRED_IDLE');
    // The library would refresh it, but asks window.require of Node.
    const shown = device.ear.all('qr').length;
    expect(await device.client.getState()).toBe('UNPAIRED_IDLE');
    expect(device.ear.all('qr')).toHaveLength(shown);
    world.setFaults({ firstRefMs: 60_000, refCount: 6 });
    await device.ask(`window.require('WAWebCmd').Cmd.refreshQR()`);
    const last = await waitFor(() => device.ear.all('qr')[shown], { timeoutMs: 10_000, what: 'a QR after the refresh' });
    shop.act('device.scan', { qr: last[0] });
    await device.ear.until('ready');
    expect(shop.view().devices).toHaveLength(1);
  });

  test('after so many QRs as it was told the client gives up and closes its browser', async () => {
    const { start } = await enter({ firstRefMs: 200, nextRefMs: 200, refCount: 20 });
    const device = await start({ qrMaxRetries: 2 });
    const [reason] = await device.ear.until('disconnected');
    expect(reason).toBe('Max qrcode retries reached');
    await waitFor(async () => ((await listProcesses(device.dir)).length === 0 ? true : undefined), { timeoutMs: 10_000, what: 'the browser to end' });
  });

  test('a pairing code typed into the phone links the device', async () => {
    const { world, start } = await enter();
    const shop = world.newPhone();
    const device = await start({ pairWithPhoneNumber: { phoneNumber: shop.number } });
    const [code] = await device.ear.until('code');
    expect(code).toMatch(/^[0-9A-Z]{8}$/);
    shop.act('device.enterCode', { code });
    await device.ear.until('ready');
    expect(device.client.info.wid._serialized).toBe(shop.byPhone);
    expect(world.ledger('device.linked', (entry) => entry.account === shop.account)).toMatchObject([{ how: 'code' }]);
  });

  test('a pairing code is good for the phone it was asked for and for no other', async () => {
    const { world, start } = await enter();
    const [shop, other] = [world.newPhone(), world.newPhone()];
    const device = await start();
    await device.ear.until('qr');
    const code = await device.client.requestPairingCode(shop.number);
    expect(await device.ear.until('code')).toEqual([code]);
    expect(() => other.act('device.enterCode', { code })).toThrow('made for another phone number');
    shop.act('device.enterCode', { code });
    await device.ear.until('ready');
    expect(other.view().devices).toEqual([]);
    expect(shop.view().devices).toHaveLength(1);
  });

  test('a pairing code that is no longer wanted gives way to a QR', async () => {
    const { world, start } = await enter();
    const shop = world.newPhone();
    const device = await start();
    await device.ear.until('qr');
    await device.client.requestPairingCode(shop.number);
    const before = device.ear.all('qr').length;
    await device.client.cancelPairingCode();
    // Two are asked for, and only the newer can be scanned.
    await waitFor(() => (device.ear.all('qr').length > before && scans(shop, device.ear.all('qr').at(-1)?.[0] ?? '') ? true : undefined), { timeoutMs: 10_000, what: 'a QR instead of the code' });
    await device.ear.until('ready');
    expect(world.ledger('device.linked', (entry) => entry.account === shop.account)).toMatchObject([{ how: 'qr' }]);
  });

  test('the phone lists the device by the name that the client was given', async () => {
    const { world } = await enter();
    const shop = world.newPhone();
    const device = await world.link(shop, chromium, { client: { deviceName: 'Till 3', browserName: 'Firefox' } });
    onTestFinished(() => device.close());
    expect(shop.view().devices[0]?.name).toContain('Till 3');
  });

  test('the page is told which build it is, and the client can ask', async () => {
    const { start } = await enter({ build: '2.3000.1043220887' });
    const device = await start();
    await device.ear.until('qr');
    expect(await device.client.getWWebVersion()).toBe('2.3000.1043220887');
  });

  /** A world of the test's own, and a way to begin unlinked clients in it. */
  const enter = async (faults: Faults = {}) => {
    const world = await openWorld(faults);
    onTestFinished(() => world.close());
    return { world, start: (client?: DeviceOptions['client']) => start(world, chromium, client) };
  };
});

/** Whether the phone could scan it. */
const scans = (phone: Phone, qr: string): boolean => {
  try {
    phone.act('device.scan', { qr });
    return true;
  } catch {
    return false;
  }
};

const start = async (world: World, chromium: TestChromium, client: DeviceOptions['client'] = {}): Promise<Device> => {
  const device = await world.openDevice(chromium, { client });
  onTestFinished(() => device.close());
  await device.client.initialize();
  return device;
};

const untilState = (device: Device, state: string): Promise<true> =>
  waitFor(async () => ((await device.client.getState()) === state ? true : undefined), { timeoutMs: 10_000, what: `the state ${state}` });

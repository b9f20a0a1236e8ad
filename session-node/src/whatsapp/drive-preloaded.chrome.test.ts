import type { Faults } from '@waxos/sandbox/faults/faults';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import { drive, type Driven } from './testing/drive.ts';

inOneChromium((chromium) => {
  const enter = async (faults: Faults = {}): Promise<{ world: World; shop: Phone; driven: Driven }> => {
    const world = await openWorld(faults);
    onTestFinished(() => world.close());
    const driven = await drive(world, chromium, { preloaded: true });
    onTestFinished(() => driven.close());
    return { world, shop: world.newPhone(), driven };
  };

  test('a page that was loaded before anybody asked shows its QR at once, and is linked, hears and is started again as any other', async () => {
    const { world, shop, driven } = await enter();
    expect(driven.told).toEqual([]);
    await driven.driver.open();
    expect(driven.told.map(({ type }) => type)).toEqual(['qr']);
    shop.act('device.scan', { qr: (await driven.until('qr')).qr });
    await driven.until('ready');
    const id = world.newPhone().say(shop.address, 'Is the shop open?');
    await driven.until('message.seen', ({ message }) => message.key.id === id);
    expect(await driven.driver.hears()).toBe(true);
    await driven.close('keep');
    const again = await drive(world, chromium, { dir: driven.dir });
    onTestFinished(() => again.close('keep'));
    await again.driver.open();
    await again.until('ready');
    expect(again.all('qr')).toEqual([]);
  });

  test('one that used its QRs up while it waited asks for new ones', async () => {
    const { shop, driven } = await enter({ refCount: 1, firstRefMs: 100 });
    const [page] = await driven.browser.pages();
    await waitFor(async () => ((await page?.evaluate(`window.require('WAWebSocketModel').Socket.state`)) === 'UNPAIRED_IDLE' ? true : undefined), { timeoutMs: 10_000, what: 'the page to rest' });
    await driven.driver.open();
    shop.act('device.scan', { qr: (await driven.until('qr')).qr });
    await driven.until('ready');
    expect(driven.all('idle')).toEqual([]);
  });

  test('it is linked by a code as well, and it is not used where another build is wanted', async () => {
    const { world, shop, driven } = await enter();
    await driven.driver.open();
    await driven.driver.requestCode(shop.number);
    shop.act('device.enterCode', { code: (await driven.until('code')).code });
    await driven.until('ready');

    const document = await driven.driver.readDocument();
    const pinned = await drive(world, chromium, { preloaded: true, build: { html: document?.html.replace('2.3000.', '2.3000.9') ?? '' } });
    onTestFinished(() => pinned.close());
    await pinned.driver.open();
    world.newPhone().act('device.scan', { qr: (await pinned.until('qr')).qr });
    expect((await pinned.until('ready')).build).toMatch(/^2\.3000\.9/);
  });

  test('one that crashed while it waited is replaced, and nobody hears of it', async () => {
    const { shop, driven } = await enter();
    const [page] = await driven.browser.pages();
    const crashed = new Promise((resolve) => page?.once('error', resolve));
    await Promise.all([crashed, page?.goto('chrome://crash').catch(() => undefined)]);
    await driven.driver.open();
    shop.act('device.scan', { qr: (await driven.until('qr')).qr });
    await driven.until('ready');
    expect(driven.all('dead')).toEqual([]);
  });
});

import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import { drive, linkDriven, type Driven } from './testing/drive.ts';

const [goodBuild, badBuild] = ['2.3000.1040000000', '2.3000.1049999999'];
const soon = (): number => Date.now() + 60_000;

inOneChromium((chromium) => {
  const held = (driven: Driven): Driven => {
    onTestFinished(() => driven.close());
    return driven;
  };
  /** A world that has served a good build, whose document was kept, and now serves one that lacks what we need. */
  const enter = async (): Promise<{ world: World; shop: Phone; linked: Driven; html: string }> => {
    const world = await openWorld({ build: goodBuild });
    onTestFinished(() => world.close());
    const shop = world.newPhone();
    const linked = held(await linkDriven(world, shop, { chromium }));
    const read = await linked.driver.readDocument();
    expect(read?.build).toBe(goodBuild);
    world.setFaults({ build: badBuild, lacksModules: ['WAWebFindChatAction', 'WAWebUserPrefsMultiDevice'] });
    return { world, shop, linked, html: read?.html ?? '' };
  };
  const talk = async (driven: Driven, shop: Phone, customer: Phone): Promise<void> => {
    const asked = customer.say(shop.address, 'Are you open?');
    const { message } = await driven.until('message.seen', (event) => event.message.key.id === asked);
    const id = `3EB0B${asked.slice(-8).padStart(17, '0')}`;
    await driven.driver.send({ chat: message.key.chat, id, content: { kind: 'text', text: 'We are.' }, notAfter: soon() });
    expect((await customer.untilText(shop.address, 'We are.')).key.id).toBe(id);
  };

  test('a document is read as the network gave it until the garbage is collected, and a pinned one is not taken for it', async () => {
    const { world, linked, html } = await enter();
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain(goodBuild);
    expect(await linked.driver.readDocument()).toEqual({ build: goodBuild, html });
    await linked.driver.collectGarbage();
    await expect(linked.driver.readDocument()).rejects.toMatchObject({ name: 'DriverDead' });
    await linked.driver.ping();
    const pinned = held(await drive(world, chromium, { build: { html } }));
    await pinned.driver.open();
    await pinned.until('qr');
    expect(await pinned.driver.readDocument()).toBeUndefined();
  });

  test('where the build that is served lacks what we need, a page with the pinned one links, is ready and sends', async () => {
    const { world, html } = await enter();
    const other = world.newPhone();
    const broken = held(await drive(world, chromium, { deadlines: { modulesMs: 300 } }));
    await broken.driver.open();
    expect(await broken.until('broken')).toEqual({ type: 'broken', build: badBuild, missing: ['WAWebUserPrefsMultiDevice.getADVSecretKey'] });
    const pinned = held(await linkDriven(world, other, { chromium, build: { html } }));
    expect(pinned.all('ready').map(({ build }) => build)).toEqual([goodBuild]);
    await talk(pinned, other, world.newPhone());
    expect(pinned.all('broken')).toEqual([]);
  });

  test('a session that was linked before goes on with the pinned build, through the reload that WhatsApp asks for and a lost network', async () => {
    const { world, shop, linked, html } = await enter();
    // As WhatsApp's, a service worker stands between the page and the network.
    const [page] = await linked.browser.pages();
    expect(await page?.evaluate(`navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(({ active }) => active !== null)`)).toBe(true);
    await linked.close('keep');
    const pinned = held(await drive(world, chromium, { dir: linked.dir, build: { html } }));
    await pinned.driver.open();
    await waitFor(() => (shop.view().devices[0]?.connected === true ? true : undefined), { timeoutMs: 10_000, what: 'the device to be connected' });
    await pinned.until('ready');
    await talk(pinned, shop, world.newPhone());
    world.setFaults({ build: badBuild, lacksModules: ['WAWebFindChatAction'], networkLoss: true });
    await pinned.until('connection', ({ up }) => !up);
    world.setFaults({ build: badBuild, lacksModules: ['WAWebFindChatAction'] });
    await pinned.until('connection', ({ up }) => up);
    await talk(pinned, shop, world.newPhone());
    expect(new Set(pinned.all('ready').map(({ build }) => build))).toEqual(new Set([goodBuild]));
    expect(pinned.all('broken')).toEqual([]);
  });

  test('what a build lacks that only single acts need is named, those acts are refused, and everything else goes on', async () => {
    const world = await openWorld({ build: badBuild, lacksModules: ['WAWebGroupQueryJob', 'WAWebSendReactionMsgAction'] });
    onTestFinished(() => world.close());
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const driven = held(await linkDriven(world, shop, { chromium }));
    expect(driven.all('unreadable')).toEqual([{ type: 'unreadable', build: badBuild, what: 'the build lacks WAWebSendReactionMsgAction.sendReactionToMsg, WAWebGroupQueryJob.queryAndUpdateGroupMetadataById' }]);
    await talk(driven, shop, customer);
    const [first] = driven.all('message.seen');
    await expect(driven.driver.react(first?.message.key ?? { chat: { kind: 'person', person: {} }, fromMe: false, id: '' }, '👍')).rejects.toMatchObject({ name: 'DriverRefusal' });
    await expect(driven.driver.readGroup('120363000000000001')).rejects.toMatchObject({ name: 'DriverRefusal' });
    await driven.driver.ping();
    expect([driven.all('broken'), driven.all('dead')]).toEqual([[], []]);
  });

  test('what a build lacks of what is needed at ready is named with it as well', async () => {
    const world = await openWorld({ build: badBuild, lacksModules: ['WAWebFindChatAction', 'WAWebChatLoadMessages'] });
    onTestFinished(() => world.close());
    const shop = world.newPhone();
    const driven = held(await drive(world, chromium, { deadlines: { modulesMs: 300 } }));
    await driven.driver.open();
    shop.act('device.scan', { qr: (await driven.until('qr')).qr });
    expect(await driven.until('broken')).toEqual({ type: 'broken', build: badBuild, missing: ['WAWebFindChatAction.findOrCreateLatestChat', 'WAWebChatLoadMessages.loadEarlierMsgs'] });
    expect(driven.all('ready')).toEqual([]);
  });
});

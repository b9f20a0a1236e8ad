import { randomBytes, randomUUID } from 'node:crypto';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import { picture } from '@waxos/sandbox/conformance/testing/samples';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestNode, type TestNode } from './test-node.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

const photo = picture([200, 60, 20]);
const newMessageId = (): string => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;

inOneChromium((chromium) => {
  let world: World;
  let gateway: TestGateway;
  let maker: TestNode;

  beforeAll(async () => {
    world = await openWorld();
    gateway = await openTestGateway();
    maker = await makeTestNode({ world, gateway, chromium });
  });
  afterAll(async () => {
    await maker.close();
    await gateway.close();
    await world.close();
  });

  const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;
  /** Asks as the gateway does, under one epoch. */
  const asker = (device: string, epoch: number) => (command: SessionCommand): Promise<unknown> =>
    gateway.command({ id: randomUUID(), device, epoch, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 30_000, command } satisfies CommandFrame);
  const statesOf = (device: string, epoch: number): string[] => gateway.committed.flatMap((frame) => (frame.device === device && frame.epoch === epoch && frame.event.type === 'session.changed' ? [frame.event.state] : []));
  const untilState = (state: string, device: string, epoch: number) =>
    waitFor(() => (statesOf(device, epoch).includes(state) ? true : undefined), { timeoutMs: 20_000, what: `${state}, after ${statesOf(device, epoch).join(', ')}` });
  const link = async (phone: Phone, device: string): Promise<void> => {
    expect(await asker(device, 1)({ type: 'session.start', settings })).toEqual({ taken: true });
    const { qr } = await gateway.until('session.qr', (_event, of) => of === device);
    phone.act('device.scan', { qr });
    await untilState('ready', device, 1);
  };
  const countQrs = (): number => gateway.committed.filter(({ event }) => event.type === 'session.qr').length;
  const saw = (text: string) => gateway.until('message.seen', ({ message }) => message.content.kind === 'text' && message.content.text === text);

  test('a device is linked, hears, sends, is ready again after the node was started anew, and knows when its phone logs it out', async () => {
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const device = randomUUID();
    const first = await maker.start();
    await link(shop, device);

    customer.say(shop.address, 'is the shop open?');
    const { message } = await saw('is the shop open?');
    expect(message.key.fromMe).toBe(false);

    const messageId = newMessageId();
    expect(await asker(device, 1)({ type: 'message.send', chat: message.key.chat, messageId, content: { kind: 'text', text: 'until six' } })).toEqual({ taken: true });
    const arrived = await customer.untilText(shop.address, 'until six');
    expect(arrived.key.id).toBe(messageId);
    const { result } = await gateway.until('send.ended');
    expect(result).toMatchObject({ outcome: 'sent', id: messageId });

    await first.close();
    expect(statesOf(device, 1).at(-1)).toBe('stopped');
    customer.say(shop.address, 'and on sundays?');
    const qrs = countQrs();

    const second = await maker.start();
    expect(await asker(device, 2)({ type: 'session.start', settings })).toEqual({ taken: true });
    await untilState('ready', device, 2);
    await saw('and on sundays?');
    expect(countQrs()).toBe(qrs);

    const [linked] = shop.view().devices;
    shop.act('device.logOut', { device: linked?.device ?? '' });
    await untilState('logged_out', device, 2);
    await second.close();
    expect(gateway.faults).toEqual([]);
  });

  test('media cross as bytes, both ways', async () => {
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const device = randomUUID();
    const node = await maker.start();
    await link(shop, device);

    customer.send(shop.address, { kind: 'image', media: await world.upload(photo) });
    const { message } = await gateway.until('message.seen', (event) => event.message.content.kind === 'image');
    expect(await asker(device, 1)({ type: 'media.fetch', key: message.key })).toEqual({ taken: true });
    expect(await gateway.until('upload.ended')).toMatchObject({ outcome: 'stored', upload: { what: 'media', key: message.key } });
    expect([...gateway.media.stored.values()].map(({ bytes }) => bytes.equals(photo.bytes))).toEqual([true]);

    const messageId = newMessageId();
    const url = gateway.media.offer('photo', photo.bytes);
    const media = { url, mimetype: photo.mimetype, bytes: photo.bytes.length };
    expect(await asker(device, 1)({ type: 'message.send', chat: message.key.chat, messageId, content: { kind: 'media', as: 'image', media } })).toEqual({ taken: true });
    const arrived = await customer.until(shop.address, ({ key }) => key.id === messageId, 'the photo');
    expect(arrived.content.kind).toBe('image');
    await node.close();
    expect(gateway.faults).toEqual([]);
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestNode, type TestNode } from './test-node.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

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

  test('a device is linked, hears, sends, is ready again after the node was started anew, and knows when its phone logs it out', async () => {
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const device = randomUUID();
    const start: SessionCommand = { type: 'session.start', settings: { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } };
    const ask = (command: SessionCommand, epoch: number): Promise<unknown> => gateway.command({ id: randomUUID(), device, epoch, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 30_000, command } satisfies CommandFrame);
    const states = (epoch: number): string[] => gateway.committed.flatMap((frame) => (frame.epoch === epoch && frame.event.type === 'session.changed' ? [frame.event.state] : []));
    const untilState = (state: string, epoch: number) => waitFor(() => (states(epoch).includes(state) ? true : undefined), { timeoutMs: 20_000, what: `${state}, after ${states(epoch).join(', ')}` });
    const saw = (text: string) => gateway.until('message.seen', ({ message }) => message.content.kind === 'text' && message.content.text === text);

    const first = await maker.start();
    expect(await ask(start, 1)).toEqual({ taken: true });
    const { qr } = await gateway.until('session.qr');
    shop.act('device.scan', { qr });
    await untilState('ready', 1);

    customer.say(shop.address, 'is the shop open?');
    const { message } = await saw('is the shop open?');
    expect(message.key.fromMe).toBe(false);

    const messageId = newMessageId();
    expect(await ask({ type: 'message.send', chat: message.key.chat, messageId, content: { kind: 'text', text: 'until six' } }, 1)).toEqual({ taken: true });
    const arrived = await customer.untilText(shop.address, 'until six');
    expect(arrived.key.id).toBe(messageId);
    const { result } = await gateway.until('send.ended');
    expect(result).toMatchObject({ outcome: 'sent', id: messageId });

    await first.close();
    expect(states(1).at(-1)).toBe('stopped');
    customer.say(shop.address, 'and on sundays?');
    const qrs = gateway.committed.filter(({ event }) => event.type === 'session.qr').length;

    await maker.start();
    expect(await ask(start, 2)).toEqual({ taken: true });
    await untilState('ready', 2);
    await saw('and on sundays?');
    expect(gateway.committed.filter(({ event }) => event.type === 'session.qr')).toHaveLength(qrs);

    const [linked] = shop.view().devices;
    shop.act('device.logOut', { device: linked?.device ?? '' });
    await untilState('logged_out', 2);
    expect(gateway.faults).toEqual([]);
  });
});

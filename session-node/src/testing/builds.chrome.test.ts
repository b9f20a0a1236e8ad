import { randomBytes, randomUUID } from 'node:crypto';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import type { Heartbeat } from '@waxos/contract/node-link/frames';
import { waitFor } from '@waxos/process/poll';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTestNode, type TestNode } from './test-node.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

const [first, second] = ['2.3000.1040000000', '2.3000.1040000001'];
const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;

inOneChromium((chromium) => {
  let [world, gateway, maker, shops]: [World, TestGateway, TestNode, { phone: Phone; device: string }[]] = [] as never;

  beforeEach(async () => {
    world = await openWorld({ build: first });
    gateway = await openTestGateway();
    maker = await makeTestNode({ world, gateway, chromium });
    shops = [1, 2].map(() => ({ phone: world.newPhone(), device: randomUUID() }));
  });
  afterEach(async () => {
    await maker?.close();
    await gateway?.close();
    await world?.close();
  });

  const ask = (device: string, epoch: number, command: SessionCommand) => gateway.command({ id: randomUUID(), device, epoch, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 60_000, command });
  const last = (device: string, epoch: number): string | undefined => gateway.committed.flatMap((frame) => (frame.device === device && frame.epoch === epoch && frame.event.type === 'session.changed' ? [frame.event.state] : [])).at(-1);
  const untilReady = (device: string, epoch: number) => waitFor(() => (last(device, epoch) === 'ready' ? true : undefined), { timeoutMs: 45_000, what: `ready, in ${last(device, epoch) ?? 'nothing'}` });
  const builds = (): NonNullable<Heartbeat['builds']> => gateway.heartbeats.at(-1)?.builds ?? [];
  const untilBuilds = (...wanted: string[]) =>
    waitFor(() => (builds().map(({ build, standing }) => `${build} ${standing}`).toString() === wanted.toString() ? true : undefined), { timeoutMs: 60_000, what: `${wanted.join(', ')}, not ${JSON.stringify(builds())}` });
  /** Both linked on the first build, their node ended; then the next one is served. */
  const linkBoth = async (): Promise<void> => {
    const node = await maker.start();
    for (const { phone, device } of shops) {
      await ask(device, 1, { type: 'session.start', settings });
      const { qr } = await gateway.until('session.qr', (_event, of) => of === device);
      phone.act('device.scan', { qr });
      await untilReady(device, 1);
    }
    await untilBuilds(`${first} pinned`);
    await node.close();
  };
  const startBoth = async (): Promise<void> => {
    await maker.start();
    for (const { device } of shops) await ask(device, 2, { type: 'session.start', settings });
    await Promise.all(shops.map(({ device }) => untilReady(device, 2)));
  };
  const hear = async ({ phone, device }: { phone: Phone; device: string }): Promise<void> => {
    const text = `to ${device}`;
    world.newPhone().say(phone.address, text);
    await gateway.until('message.seen', ({ message }) => message.content.kind === 'text' && message.content.text === text);
  };

  test('a build that lacks what is needed is tried by one session, held back and named; all run on the one before it, over a restart of the node', async () => {
    await linkBoth();
    world.setFaults({ build: second, lacksModules: ['WAWebFindChatAction', 'WAWebUserPrefsMultiDevice'] });
    await startBoth();
    await untilBuilds(`${first} pinned`, `${second} held_back`);
    for (const shop of shops) await hear(shop);
    const broken = gateway.committed.filter(({ epoch, event }) => epoch === 2 && event.type === 'session.changed' && event.reason === 'contract_broken').map(({ device }) => device);
    expect(new Set(broken).size).toBe(1);
    expect(gateway.faults).toEqual([]);
  });

  test('a build that works is pinned when its session has heard and sent on it, and the others stay on the one before until then', async () => {
    await linkBoth();
    world.setFaults({ build: second });
    await startBoth();
    await untilBuilds(`${first} pinned`, `${second} on_trial`);
    for (const shop of shops) await hear(shop);
    for (const { device } of shops) {
      const { message } = await gateway.until('message.seen', (_event, of) => of === device);
      await ask(device, 2, { type: 'message.send', chat: message.key.chat, messageId: `3EB0${randomBytes(9).toString('hex').toUpperCase()}`, content: { kind: 'text', text: 'Thanks.' } });
    }
    await untilBuilds(`${second} pinned`);
    expect(gateway.faults).toEqual([]);
  });
});

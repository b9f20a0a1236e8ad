import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeTestNode, type TestNode } from './test-node.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

inOneChromium((chromium) => {
  let world: World;
  let gateway: TestGateway;
  let dir: string;
  let makers: TestNode[];
  const key = randomBytes(32).toString('base64');
  const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    gateway = await openTestGateway();
    dir = await mkdtemp(join(tmpdir(), 'waxos-hosts-'));
    makers = [];
  });
  afterEach(async () => {
    await Promise.all(makers.map((maker) => maker.close()));
    await gateway.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A node on a host of its own, whose profiles no other node reaches. */
  const makeHost = async (name: string): Promise<TestNode> => {
    const maker = await makeTestNode({ world, gateway, chromium, config: { PROFILES_DIR: join(dir, name), PROFILE_SNAPSHOTS_DIR: join(dir, 'sealed') }, secrets: { PROFILE_KEY: key } });
    makers.push(maker);
    return maker;
  };
  const ask = (device: string, epoch: number, command: SessionCommand): Promise<unknown> =>
    gateway.command({ id: randomUUID(), device, epoch, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 30_000, command } satisfies CommandFrame);
  const statesOf = (device: string, epoch: number): string[] =>
    gateway.committed.flatMap((frame) => (frame.device === device && frame.epoch === epoch && frame.event.type === 'session.changed' ? [`${frame.event.state} ${frame.event.reason ?? ''}`.trim()] : []));
  const untilState = (state: string, device: string, epoch: number) => waitFor(() => statesOf(device, epoch).includes(state) || undefined, { timeoutMs: 20_000, what: `${state}, after ${statesOf(device, epoch).join(', ')}` });
  const countQrs = (): number => gateway.committed.filter(({ event }) => event.type === 'session.qr').length;

  const link = async (phone: Phone, device: string): Promise<void> => {
    await ask(device, 1, { type: 'session.start', settings });
    const { qr } = await gateway.until('session.qr', (_event, of) => of === device);
    phone.act('device.scan', { qr });
    await untilState('ready', device, 1);
  };
  const hears = async (phone: Phone, text: string): Promise<void> => {
    world.newPhone().say(phone.address, text);
    await gateway.until('message.seen', ({ message }) => message.content.kind === 'text' && message.content.text === text);
  };
  const profileOf = (host: string, device: string): string => join(dir, host, device, 'session', 'Default');

  test('a linked device goes on on another host from its sealed snapshot, and nobody scans again', async () => {
    const shop = world.newPhone();
    const device = randomUUID();
    const here = await (await makeHost('here')).start();
    await link(shop, device);
    await hears(shop, 'before');
    await here.close();
    const qrs = countQrs();
    const there = await (await makeHost('there')).start();
    await ask(device, 2, { type: 'session.start', settings });
    await untilState('ready', device, 2);
    await hears(shop, 'after');
    expect(countQrs()).toBe(qrs);
    await there.close();
  });

  test('a linked device whose databases are damaged is ready again from its newest copy', async () => {
    const shop = world.newPhone();
    const device = randomUUID();
    const maker = await makeHost('here');
    const first = await maker.start();
    await link(shop, device);
    await first.close();
    const databases = (await readdir(join(profileOf('here', device), 'IndexedDB'), { recursive: true })).filter((name) => /\/MANIFEST-\d+$/.test(name));
    expect(databases.length).toBeGreaterThan(0);
    for (const name of databases) await writeFile(join(profileOf('here', device), 'IndexedDB', name), Buffer.alloc(500, 1));
    const qrs = countQrs();
    const second = await maker.start();
    await ask(device, 2, { type: 'session.start', settings });
    await untilState('ready', device, 2);
    expect(countQrs()).toBe(qrs);
    await second.close();
  });

  test('a linked device whose storage is gone without a trace shows no QR: its newest copy is brought back', async () => {
    const shop = world.newPhone();
    const device = randomUUID();
    const maker = await makeHost('here');
    const first = await maker.start();
    await link(shop, device);
    await first.close();
    for (const name of ['IndexedDB', 'Local Storage']) await rm(join(profileOf('here', device), name), { recursive: true });
    const qrs = countQrs();
    const second = await maker.start();
    await ask(device, 2, { type: 'session.start', settings });
    await untilState('ready', device, 2);
    expect(statesOf(device, 2)).toContain('reconnecting profile_lost');
    expect(countQrs()).toBe(qrs);
    await hears(shop, 'still here');
    await second.close();
  });

  test('a device that was logged out while no node ran is logged out, and nothing is kept of it', async () => {
    const shop = world.newPhone();
    const device = randomUUID();
    const maker = await makeHost('here');
    const first = await maker.start();
    await link(shop, device);
    await first.close();
    const [linked] = shop.view().devices;
    shop.act('device.logOut', { device: linked?.device ?? '' });
    const second = await maker.start();
    await ask(device, 2, { type: 'session.start', settings });
    await untilState('logged_out', device, 2);
    await second.close();
    expect(await readdir(join(dir, 'here'))).not.toContain(device);
    expect((await readdir(join(dir, 'sealed', device), { recursive: true })).filter((name) => name.endsWith('.sealed'))).toEqual([]);
  });
});

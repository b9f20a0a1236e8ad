import { randomUUID } from 'node:crypto';
import { waitFor } from '@waxos/process/poll';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { openWorld } from '@waxos/sandbox/conformance/testing/world';
import { expect, onTestFinished, test } from 'vitest';
import { findProcess, readProcesses, treeOf } from '../browser/read-processes.ts';
import { makeTestNode } from './test-node.ts';
import { openTestGateway } from './test-gateway.ts';

const leaseMs = 24_000;
const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;

const countBrowsers = async (): Promise<number> => {
  const root = findProcess(process.pid);
  if (root === undefined) throw new Error('this process is not there');
  return treeOf(root, await readProcesses()).filter(({ pid }) => pid !== root.pid).length;
};

inOneChromium((chromium) => {
  test('a session whose lease is renewed stays, also through lost connections; one whose lease nobody renews has closed before it is over', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const gateway = await openTestGateway({ leaseMs, now: () => Date.now() + 300_000 });
    onTestFinished(() => gateway.close());
    const maker = await makeTestNode({ world, gateway, chromium });
    onTestFinished(() => maker.close());
    const shop = world.newPhone();
    const node = await maker.start();
    const without = await countBrowsers();
    const device = randomUUID();
    const at = Date.now() + 300_000;
    expect(await gateway.command({ id: randomUUID(), device, epoch: 1, leaseUntil: at + leaseMs, deadline: at + 20_000, command: { type: 'session.start', settings } })).toEqual({ taken: true });
    const { qr } = await gateway.until('session.qr');
    shop.act('device.scan', { qr });
    await gateway.until('session.changed', ({ state }) => state === 'ready');
    for (let cuts = 0; cuts < 2; cuts += 1) {
      const beats = gateway.heartbeats.length;
      gateway.cut();
      await waitFor(() => (gateway.heartbeats.length > beats ? true : undefined), { timeoutMs: 10_000, what: 'another connection' });
    }
    expect(node.devices.countByState()).toEqual({ ready: 1 });
    gateway.renew(false);
    const over = Date.now() + leaseMs;
    await waitFor(() => (node.devices.running().length === 0 ? true : undefined), { timeoutMs: leaseMs, what: 'its end' });
    expect([await countBrowsers(), Date.now() < over]).toEqual([without, true]);
    expect(gateway.faults).toEqual([]);
  });
});

import { openMemorySource } from '@waxos/session-node/testing/memory-source';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ingestFrames } from '../ingest/ingest-frames.ts';
import { byPhone, keyOf, seen } from '../ingest/testing/ingest-world.ts';
import { linkNode, openGround, openTestGateway, untilTrue, type Ground, type TestGateway, type TestNodeLink } from '../link/testing/test-links.ts';
import { openFarmWork, type FarmWork } from './open-farm.ts';

/** Two gateways on one database, and nodes that come and go; short leases, so that nobody waits long for one. */
const times = { leaseMs: 2_000, driftMs: 300 };
let ground: Ground;
let gateways: { gateway: TestGateway; work: FarmWork }[];
let nodes: TestNodeLink[];
let failures: unknown[];

const openGateway = async () => {
  const holder: { work?: FarmWork } = {};
  const gateway = await openTestGateway(ground, { ingest: ingestFrames(ground.doors), leaseMs: times.leaseMs, welcomed: (node) => holder.work?.welcomed(node), released: () => holder.work?.wake() });
  const work = openFarmWork({ doors: ground.doors, links: gateway.links, failed: (error) => failures.push(error), lookMs: 100, ...times });
  holder.work = work;
  gateways.push({ gateway, work });
  return gateway;
};
/** Runs what it is told to, as a real node tells in its heartbeats. */
const openNode = async ({ url }: TestGateway): Promise<TestNodeLink> => {
  const added = await ground.addNode();
  const node: TestNodeLink = linkNode(url, added, {
    node: {
      running: () => node.running,
      obey: async (frame) => {
        node.obeyed.push(frame);
        const { device, epoch, command } = frame;
        const at = node.running.findIndex((one) => one.device === device);
        if (command.type === 'session.start' && node.running[at]?.epoch !== epoch) {
          if (at !== -1) node.running.splice(at, 1);
          node.running.push({ device, epoch });
        }
        if (command.type === 'session.stop' && at !== -1) node.running.splice(at, 1);
      },
      leasesRenewed: () => undefined,
      leaseLost: (device) => node.running.splice(node.running.findIndex((one) => one.device === device), 1),
      measure: () => Promise.resolve({ memoryBytes: 1, budgetBytes: 1_000_000_000, cpuShare: 0.1, loopDelayMs: 1, sessions: {} }),
    },
  });
  nodes.push(node);
  return node;
};
const want = (device: string, wanted: 'running' | 'stopped') => ground.rows(sql`update devices set wanted = ${wanted} where id = ${device}::uuid`);
const leaseOf = async (device: string): Promise<Record<string, unknown>> => (await ground.rows(sql`select node_id, epoch::int, released_at is not null as released from device_leases where device_id = ${device}::uuid`))[0] ?? {};
const runs = (node: TestNodeLink, device: string, epoch?: number): boolean => node.running.some((one) => one.device === device && (epoch === undefined || one.epoch === epoch));
const howMany = (device: string): number => nodes.filter((node) => runs(node, device)).length;

beforeEach(async () => {
  ground = await openGround();
  [gateways, nodes, failures] = [[], [], []];
});
afterEach(async () => {
  await Promise.all(nodes.map(({ link }) => link.close()));
  for (const { work, gateway } of gateways) {
    await work.close();
    await gateway.close();
  }
  await ground.close();
  if (failures.length > 0) throw new AggregateError(failures, 'the farm failed at something');
});

test('a device that is wanted runs on a node, and on none when it is wanted no more', async () => {
  const node = await openNode(await openGateway());
  const device = await ground.addDevice();
  await want(device, 'running');
  await untilTrue('its session', () => runs(node, device, 1));
  await want(device, 'stopped');
  await untilTrue('its end', async () => !runs(node, device) && (await leaseOf(device))['released'] === true);
  await want(device, 'running');
  expect(await untilTrue('its second session', () => runs(node, device, 2))).toBe(true);
});

test('where no node is, the device says so', async () => {
  await openGateway();
  const device = await ground.addDevice();
  await ground.rows(sql`update devices set wanted = 'running', state = 'reconnecting', state_reason = null where id = ${device}::uuid`);
  expect(await untilTrue('the reason', async () => (await ground.rows(sql`select state_reason from devices where id = ${device}::uuid`))[0]?.['state_reason'] === 'no_node')).toBe(true);
});

test('devices of a node that falls silent run elsewhere once its leases are over, and never on two at once', async () => {
  const [first, second] = [await openGateway(), await openGateway()];
  const dying = await openNode(first);
  const devices = await Promise.all(Array.from({ length: 6 }, () => ground.addDevice()));
  for (const device of devices) await want(device, 'running');
  await untilTrue('all sessions', () => devices.every((device) => runs(dying, device)));
  const taking = await openNode(second);
  await dying.link.close();
  const before = Date.now();
  await untilTrue('the first of them elsewhere', () => {
    const moved = devices.some((device) => runs(taking, device));
    // What it had it held until its leases were over, by a clock of its own.
    if (moved) dying.running.splice(0);
    return moved;
  });
  expect(Date.now() - before).toBeGreaterThan(times.driftMs);
  await untilTrue('all of them elsewhere', () => devices.every((device) => runs(taking, device, 2)));
  expect(devices.map(howMany)).toEqual(devices.map(() => 1));
});

test('a node that drains closes its sessions, and each runs elsewhere only after that', async () => {
  const gateway = await openGateway();
  const leaving = await openNode(gateway);
  const device = await ground.addDevice();
  await want(device, 'running');
  await untilTrue('its session', () => runs(leaving, device));
  const staying = await openNode(gateway);
  const { node_id: id } = await leaseOf(device);
  await ground.rows(sql`update nodes set mode = 'draining' where id = ${String(id)}::uuid`);
  await untilTrue('its move', () => {
    expect(howMany(device)).toBeLessThan(2);
    return runs(staying, device, 2);
  });
  expect(leaving.obeyed.map(({ command }) => command.type)).toContain('session.stop');
});

test('a node whose link broke is told again what its sessions are to be, and what it told is there once', async () => {
  const gateway = await openGateway();
  const node = await openNode(gateway);
  const device = await ground.addDevice();
  await want(device, 'running');
  await untilTrue('its session', () => runs(node, device));
  const source = openMemorySource(device, 1);
  node.link.attach(source);
  source.add(seen(keyOf(byPhone('5511900000001'), 'A1'), 'one'));
  const starts = (): number => node.obeyed.filter(({ command }) => command.type === 'session.start').length;
  const before = starts();
  gateway.cut();
  await untilTrue('the start told again', () => starts() > before);
  source.add(seen(keyOf(byPhone('5511900000001'), 'A2'), 'two'));
  expect(await untilTrue('both messages', async () => (await ground.rows(sql`select count(*)::int as count from messages`))[0]?.['count'] === 2)).toBe(true);
});

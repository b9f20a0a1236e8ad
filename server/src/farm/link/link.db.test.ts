import { randomUUID } from 'node:crypto';
import { openMemorySource } from '@waxos/session-node/testing/memory-source';
import { seenText } from '@waxos/session-node/testing/samples';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AddedNode } from '../nodes/add-node.ts';
import { linkNode, openGround, openTestGateway, openTestIngest, untilTrue, type Ground, type TestGateway, type TestIngest, type TestNodeLink } from './testing/test-links.ts';

let ground: Ground;
let told: TestIngest;
let gateway: TestGateway;
let node: AddedNode;
let links: TestNodeLink[];

beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  told = openTestIngest(ground.doors);
  gateway = await openTestGateway(ground, { ingest: told.ingest });
  node = await ground.addNode();
  links = [];
});
afterEach(async () => {
  await Promise.all(links.map(({ link }) => link.close()));
  await gateway.close();
});

const linkUp = (options: Parameters<typeof linkNode>[2] = {}): TestNodeLink => {
  const linked = linkNode(gateway.url, node, options);
  links.push(linked);
  return linked;
};
const leasedDevice = async (): Promise<string> => {
  const device = await ground.addDevice();
  await ground.lease({ device, node: node.id });
  return device;
};
const texts = (device: string): string[] =>
  told.committed.flatMap((frame) => (frame.device === device && frame.event.type === 'message.seen' && frame.event.message.content.kind === 'text' ? [frame.event.message.content.text] : []));
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index + 1}`);
const sourceOf = (device: string, count: number, epoch = 1) => {
  const source = openMemorySource(device, epoch);
  for (const text of numbered(count)) source.add(seenText(text));
  return source;
};
const readingOf = async (device: string): Promise<unknown> => (await ground.rows(sql`select seq::int from device_readings where device_id = ${device}::uuid`))[0]?.['seq'];
const metricOf = async (name: string, outcome: string): Promise<number | undefined> => {
  const metric = await gateway.registry.getSingleMetric(name)?.get();
  return metric?.values.find(({ labels }) => labels['outcome'] === outcome)?.value;
};

describe('events', () => {
  test('of many devices are committed each in their order, under the workspace of their leases, and forgotten by the node', async () => {
    const { link } = linkUp();
    const sources = await Promise.all(Array.from({ length: 5 }, async () => sourceOf(await leasedDevice(), 200)));
    for (const source of sources) link.attach(source);
    await untilTrue('all of them', () => told.committed.length === 1_000);
    for (const { device } of sources) expect(texts(device)).toEqual(numbered(200));
    expect([...told.leases].toSorted()).toEqual(sources.map(({ device }) => `${ground.workspaceId} ${device} 1`).toSorted());
    expect(await link.settle(5_000)).toBe(true);
    expect(sources.flatMap((source) => source.kept())).toEqual([]);
    expect(await metricOf('waxos_node_events_total', 'ingested')).toBe(1_000);
  });

  test('are lost, doubled and disordered by no cut, however often and wherever it comes', async () => {
    const { link } = linkUp();
    const source = openMemorySource(await leasedDevice());
    const attached = link.attach(source);
    for (let cut = 0; cut < 10; cut += 1) {
      await untilTrue('the link', () => link.state() === 'connected');
      const release = cut % 2 === 0 ? told.block() : undefined;
      for (let added = 0; added < 50; added += 1) source.add(seenText(`text ${cut * 50 + added + 1}`));
      attached.wake();
      await untilTrue('some on the way', () => gateway.links.held().events > 0 || texts(source.device).length === (cut + 1) * 50);
      gateway.cut();
      await untilTrue('the cut to be noticed', () => link.state() !== 'connected' || gateway.links.linked().length > 0);
      release?.();
    }
    await untilTrue('the last', () => texts(source.device).length >= 500);
    expect(texts(source.device)).toEqual(numbered(500));
    expect(await link.settle(5_000)).toBe(true);
    expect(await readingOf(source.device)).toBe(500);
  });

  test('that nobody understands are parked with their reason and acknowledged, and block nothing', async () => {
    const { link } = linkUp();
    const source = sourceOf(await leasedDevice(), 2);
    source.add({ type: 'message.acked', key: { secret: 'words of somebody' }, ack: 99 } as never);
    source.add(seenText('between'));
    source.add({ type: 'message.exploded', text: 'half \uD800 and nul \0 here' } as never);
    source.add({} as never);
    source.add(seenText('last'));
    link.attach(source);
    await untilTrue('the last', () => texts(source.device).includes('last'));
    expect(texts(source.device)).toEqual(['text 1', 'text 2', 'between', 'last']);
    expect(await link.settle(5_000)).toBe(true);
    expect(source.kept()).toEqual([]);
    const parked = await ground.rows(sql`select seq::int, type, reason, event, workspace_id from parked_events where device_id = ${source.device}::uuid order by seq`);
    expect(parked).toMatchObject([
      { seq: 3, type: 'message.acked', reason: expect.stringContaining('event.ack'), workspace_id: ground.workspaceId },
      { seq: 5, type: 'message.exploded', event: { text: 'half \uFFFD and nul \uFFFD here' } },
      { seq: 6, type: 'unknown', event: {} },
    ]);
    expect(parked.map(({ reason }) => reason).join(' ')).not.toContain('somebody');
    expect(await metricOf('waxos_node_events_total', 'parked')).toBe(3);
  });

  test('arrive with what PostgreSQL takes in place of a NUL or half a character', async () => {
    const { link } = linkUp();
    const source = openMemorySource(await leasedDevice());
    source.add(seenText('a\0b\uD83D'));
    link.attach(source);
    await untilTrue('the text', () => texts(source.device).length === 1);
    expect(texts(source.device)).toEqual(['a\uFFFDb\uFFFD']);
  });

  test('of a device that is leased to another node, under another epoch, or to nobody, are refused, and hold nobody up', async () => {
    const linked = linkUp();
    const other = await ground.addNode();
    const [stranger, outdated, lively] = [await ground.addDevice(), await ground.addDevice(), await leasedDevice()];
    await ground.lease({ device: stranger, node: other.id });
    await ground.lease({ device: outdated, node: node.id, epoch: 3 });
    const nobodys = randomUUID();
    const refused = [sourceOf(stranger, 100), sourceOf(outdated, 100, 2), sourceOf(nobodys, 100)];
    for (const source of refused) linked.link.attach(source);
    linked.link.attach(sourceOf(lively, 100));
    await untilTrue('the others', () => texts(lively).length === 100);
    await untilTrue('the refusals', () => new Set(linked.lost).size === 3);
    expect(new Set(linked.lost)).toEqual(new Set([`${stranger} 1`, `${outdated} 2`, `${nobodys} 1`]));
    expect(told.committed.every(({ device }) => device === lively)).toBe(true);
    expect(refused.every((source) => source.kept().length === 100)).toBe(true);
  });

  test('of an epoch that is over by the time of its commit are refused', async () => {
    const linked = linkUp();
    const device = await leasedDevice();
    const release = told.block();
    linked.link.attach(sourceOf(device, 10));
    await untilTrue('some on the way', () => gateway.links.held().events > 0);
    await ground.lease({ device, node: node.id, epoch: 2 });
    release();
    await untilTrue('the refusal', () => linked.lost.includes(`${device} 1`));
    expect(texts(device)).toEqual([]);
  });
});

describe('a database that is slow or away', () => {
  test('stops the node at its window, and what the gateway holds stays bounded', async () => {
    const { link } = linkUp({ delays: { heartbeatMs: 60_000 } });
    const release = told.block();
    const sources = await Promise.all(Array.from({ length: 8 }, async () => sourceOf(await leasedDevice(), 100)));
    for (const source of sources) link.attach(source);
    await untilTrue('a full window', () => gateway.links.held().events === 64);
    expect(link.inFlight().events).toBe(64);
    expect(sources.reduce((sum, source) => sum + source.given(), 0)).toBe(64);
    // Cut and linked again it holds what the new link told, and not the old one's besides.
    gateway.cut();
    await untilTrue('the window again', async () => sources.reduce((sum, source) => sum + source.given(), 0) === 128 && gateway.links.held().events === 64);
    release();
    await untilTrue('all of them', () => told.committed.length === 800);
    for (const { device } of sources) expect(texts(device)).toEqual(numbered(100));
    await untilTrue('nothing to be held', () => gateway.links.held().events + gateway.links.held().devices === 0);
  });

  test('is tried again until it takes them', async () => {
    const { link } = linkUp();
    const source = sourceOf(await leasedDevice(), 30);
    told.failWith(new Error('the database is away'));
    link.attach(source);
    await untilTrue('some on the way', () => gateway.links.held().events === 16);
    expect(told.committed).toEqual([]);
    told.failWith(undefined);
    await untilTrue('all of them', () => texts(source.device).length === 30);
    expect(texts(source.device)).toEqual(numbered(30));
  });

  test('never has two batches of one device at once, also across links', async () => {
    const { link } = linkUp();
    const source = sourceOf(await leasedDevice(), 200);
    link.attach(source);
    for (let cut = 0; cut < 5; cut += 1) {
      await untilTrue('the link', () => link.state() === 'connected');
      gateway.cut();
      await untilTrue('the cut', () => link.state() !== 'connected' || gateway.links.linked().length > 0);
    }
    await untilTrue('all of them', () => texts(source.device).length === 200);
    expect(told.underWayMost()).toBe(1);
  });
});

import { sql } from 'drizzle-orm';
import type { CommandFrame, Heartbeat, HeartbeatAnswer, Running } from '@waxos/contract/node-link/frames';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import type { AddedNode } from '../nodes/add-node.ts';
import { grantLease } from '../leases/leases.ts';
import { listNodes } from '../nodes/list-nodes.ts';
import { revokeNode } from '../nodes/revoke-node.ts';
import { rotateNodeToken } from '../nodes/rotate-node-token.ts';
import { connectRaw, refusalOf, type RawNode } from './testing/raw-node.ts';
import { linkNode, openGround, openTestGateway, openTestIngest, untilTrue, type Ground, type TestGateway, type TestIngest, type TestNodeLink } from './testing/test-links.ts';

let ground: Ground;
let told: TestIngest;
let gateways: TestGateway[];
let node: AddedNode;
let links: TestNodeLink[];
let raws: RawNode[];
let glimpses: unknown[];
let released: string[];

beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  told = openTestIngest(ground.doors);
  gateways = [];
  links = [];
  raws = [];
  glimpses = [];
  released = [];
  node = await ground.addNode();
});
afterEach(async () => {
  await Promise.all(links.map(({ link }) => link.close()));
  for (const raw of raws) raw.close();
  await Promise.all(gateways.map((gateway) => gateway.close()));
});

const openGateway = async (options: Partial<Parameters<typeof openTestGateway>[1]> = {}): Promise<TestGateway> => {
  const gateway = await openTestGateway(ground, { ingest: told.ingest, hearGlimpse: (glimpse) => void glimpses.push(glimpse), ...options });
  gateways.push(gateway);
  return gateway;
};
const linkTo = ({ url }: TestGateway, as: AddedNode = node): TestNodeLink => {
  const linked = linkNode(url, as);
  links.push(linked);
  return linked;
};
const rawTo = ({ url }: TestGateway, as: { name: string; token: unknown } = node, namespace = '/nodes'): RawNode => {
  const raw = connectRaw(url, as, namespace);
  raws.push(raw);
  return raw;
};
const untilLinked = ({ link }: TestNodeLink): Promise<boolean> => untilTrue('the link', () => link.state() === 'connected');
const linkRow = async (): Promise<Record<string, unknown> | undefined> => (await ground.rows(sql`select generation::int, gateway_id, ended_at from node_links where node_id = ${node.id}::uuid`))[0];
const load: Heartbeat = { at: 1, memoryBytes: 10, budgetBytes: 20, cpuShare: 0.1, loopDelayMs: 1, sessions: { ready: 2 }, running: [] };

describe('whoever connects', () => {
  test('without a token that is known is refused by name, and nothing of it is heard', async () => {
    const gateway = await openGateway();
    for (const token of ['not-the-token-of-anybody', '', undefined, 7, {}]) expect(await refusalOf(rawTo(gateway, { name: node.name, token }))).toMatchObject({ ok: false, why: 'token' });
    expect(gateway.links.linked()).toEqual([]);
    expect(await linkRow()).toBeUndefined();
  });

  test('for another namespace finds nothing', async () => {
    const gateway = await openGateway();
    expect(await refusalOf(rawTo(gateway, node, '/'))).toBe('nothing is here');
    expect(await refusalOf(rawTo(gateway, node, '/pages'))).toBe('Invalid namespace');
  });

  test('with another protocol, in whatever words, is refused by name', async () => {
    const gateway = await openGateway();
    for (const hello of [{ protocol: 2 }, { protocol: 2, node: 7 }, { memoryBudgetBytes: 'much' }]) {
      const raw = rawTo(gateway);
      expect(await raw.hello(hello as never)).toMatchObject({ ok: false, why: 'protocol' });
      await untilTrue('the end', () => raw.ended() !== undefined);
    }
    expect(gateway.links.linked()).toEqual([]);
  });

  test('under the name of another node is refused, whatever its token', async () => {
    const gateway = await openGateway();
    const other = await ground.addNode();
    expect(await rawTo(gateway, { name: other.name, token: node.token }).hello()).toMatchObject({ ok: false, why: 'token' });
    expect(gateway.links.linked()).toEqual([]);
  });

  test('and never says hello is left', async () => {
    const raw = rawTo(await openGateway({ helloMs: 50 }));
    await untilTrue('the end', () => raw.ended() !== undefined);
    expect(raw.ended()).toBe('io server disconnect');
  });

  test('with a rotated token is let in with the one before, until it comes with the new one', async () => {
    const gateway = await openGateway();
    const after = await ground.doors.withSystem('nodes', (tx) => rotateNodeToken(tx, node.name));
    expect(await rawTo(gateway).hello()).toMatchObject({ ok: true });
    expect(await rawTo(gateway, after).hello()).toMatchObject({ ok: true });
    expect(await refusalOf(rawTo(gateway))).toMatchObject({ why: 'token' });
  });
});

describe('a link', () => {
  test('is written down with what the node said of itself, and its end too', async () => {
    const gateway = await openGateway();
    const linked = linkTo(gateway);
    await untilLinked(linked);
    expect(await linkRow()).toMatchObject({ generation: 1, gateway_id: gateway.links.gatewayId, ended_at: null });
    const listed = (await ground.doors.withSystem('nodes', listNodes)).find(({ id }) => id === node.id);
    expect(listed).toMatchObject({ version: '0.1.0', protocol: 1, memoryBudgetBytes: 1_000_000_000, gatewayId: gateway.links.gatewayId });
    expect(listed?.joinedAt).toBeInstanceOf(Date);
    await linked.link.close();
    await untilTrue('the end', async () => (await linkRow())?.['ended_at'] !== null);
    expect(gateway.links.linked()).toEqual([]);
  });

  test('ends at once where the same node comes again to the same gateway', async () => {
    const gateway = await openGateway();
    const [first, second] = [rawTo(gateway), rawTo(gateway)];
    expect(await first.hello()).toMatchObject({ ok: true });
    expect(await second.hello()).toMatchObject({ ok: true });
    await untilTrue('the end of the first', () => first.ended() !== undefined);
    expect(second.ended()).toBeUndefined();
    expect(await linkRow()).toMatchObject({ generation: 2, ended_at: null });
    expect(gateway.links.linked()).toEqual([node.id]);
  });

  test('ends where the same node came to another gateway, which the first one finds by looking', async () => {
    const [one, two] = [await openGateway(), await openGateway()];
    const [first, second] = [rawTo(one), rawTo(two)];
    await first.hello();
    await second.hello();
    await untilTrue('the end of the first', () => first.ended() !== undefined);
    expect(second.ended()).toBeUndefined();
    await untilTrue('both to agree', () => one.links.linked().length === 0);
    expect(two.links.linked()).toEqual([node.id]);
    expect(await linkRow()).toMatchObject({ generation: 2, gateway_id: two.links.gatewayId, ended_at: null });
  });

  test('that was taken over is answered no heartbeat, before anybody looked', async () => {
    const [one, two] = [await openGateway({ lookMs: 60_000 }), await openGateway()];
    const first = rawTo(one);
    await first.hello();
    await rawTo(two).hello();
    first.socket.emit('heartbeat', load, () => undefined);
    await untilTrue('the end of the first', () => first.ended() !== undefined);
    expect(one.links.linked()).toEqual([]);
  });

  test('of a revoked node ends within a look, and it is refused when it comes again', async () => {
    const gateway = await openGateway();
    const linked = linkTo(gateway);
    await untilLinked(linked);
    await ground.doors.withSystem('nodes', (tx) => revokeNode(tx, node.name));
    await untilTrue('the refusal', () => linked.link.state() === 'refused');
    expect(gateway.links.linked()).toEqual([]);
  });

  test('of a node that tells more than its window allows is ended', async () => {
    const gateway = await openGateway();
    const device = await ground.addDevice();
    await ground.lease({ device, node: node.id });
    const release = told.block();
    const raw = rawTo(gateway);
    await raw.hello();
    for (let seq = 1; seq <= 65; seq += 1) raw.socket.emit('event', { device, epoch: 1, seq, at: 1, event: { type: 'session.changed', state: 'ready' } });
    await untilTrue('the end', () => raw.ended() !== undefined);
    expect(gateway.links.held().events).toBe(0);
    release();
  });

  test('closes with its gateway, which then owns none and is gone', async () => {
    const gateway = await openGateway();
    await untilLinked(linkTo(gateway));
    await gateway.close();
    gateways = [];
    expect((await linkRow())?.['ended_at']).not.toBeNull();
    expect(await ground.rows(sql`select from gateways where id = ${gateway.links.gatewayId}::uuid`)).toEqual([]);
  });
});

describe('a node that comes again', () => {
  const holderOf = async (device: string): Promise<unknown> => (await ground.rows(sql`select node_id from device_leases where device_id = ${device}::uuid`))[0]?.['node_id'];

  test('from the same place has its leases still', async () => {
    const gateway = await openGateway();
    const device = await ground.addDevice();
    await rawTo(gateway).hello();
    await ground.lease({ device, node: node.id });
    expect(await rawTo(gateway).hello()).toMatchObject({ ok: true, have: [{ device }] });
    expect(await holderOf(device)).toBe(node.id);
  });

  test('from another place has none: they are nobody\'s until they have run out, since the place before may run on', async () => {
    const gateway = await openGateway();
    const device = await ground.addDevice();
    await rawTo(gateway).hello();
    await ground.lease({ device, node: node.id });
    const raw = rawTo(gateway);
    expect(await raw.hello({ instance: 'another machine' })).toMatchObject({ ok: true, have: [] });
    expect(await holderOf(device)).toBeNull();
    const times = { leaseMs: 30_000, driftMs: 0 };
    const grant = () => ground.doors.withSystem('leases', (tx) => grantLease(tx, { workspaceId: ground.workspaceId, deviceId: device, nodeId: node.id }, times));
    expect(await grant()).toBeUndefined();
    const { leases } = (await raw.socket.timeout(5_000).emitWithAck('heartbeat', { ...load, running: [{ device, epoch: 1 }] })) as HeartbeatAnswer;
    expect(leases).toEqual([]);
    await ground.rows(sql`update device_leases set expires_at = now() - interval '1 second' where device_id = ${device}::uuid`);
    expect(await grant()).toMatchObject({ epoch: 2 });
  });
});

describe('a welcome', () => {
  test('tells how far each device of this node was read, of the epoch it is leased under', async () => {
    const gateway = await openGateway();
    const [read, unread, before, others] = [await ground.addDevice(), await ground.addDevice(), await ground.addDevice(), await ground.addDevice()];
    const reading = (device: string, epoch: number, seq: number) => ground.rows(sql`insert into device_readings (workspace_id, device_id, epoch, seq) values (${ground.workspaceId}::uuid, ${device}::uuid, ${epoch}::bigint, ${seq}::bigint)`);
    await ground.lease({ device: read, node: node.id, epoch: 2 });
    await ground.lease({ device: unread, node: node.id });
    await ground.lease({ device: before, node: node.id, epoch: 5 });
    await ground.lease({ device: others, node: (await ground.addNode()).id });
    await reading(read, 2, 41);
    await reading(before, 4, 7);
    await reading(others, 1, 9);
    const welcome = await rawTo(gateway).hello();
    expect(welcome.ok && welcome.have.toSorted((a, b) => b.seq - a.seq || b.epoch - a.epoch)).toEqual([
      { device: read, epoch: 2, seq: 41 },
      { device: before, epoch: 5, seq: 0 },
      { device: unread, epoch: 1, seq: 0 },
    ]);
    const [clock] = await ground.rows(sql`select (extract(epoch from now()) * 1000)::float8 as now`);
    expect(welcome.ok && Math.abs(welcome.now - Number(clock?.['now']))).toBeLessThan(60_000);
  });
});

describe('a heartbeat', () => {
  const leasesOf = async (device: string): Promise<number> => Number((await ground.rows(sql`select extract(epoch from expires_at - now())::float8 as left from device_leases where device_id = ${device}::uuid`))[0]?.['left']);
  const beatBy = async (raw: RawNode, running: Running = []): Promise<HeartbeatAnswer> => (await raw.socket.timeout(5_000).emitWithAck('heartbeat', { ...load, running })) as HeartbeatAnswer;

  test('renews the leases of its node and of no other, neither those that ran out nor those that were given back', async () => {
    const raw = rawTo(await openGateway());
    await raw.hello();
    const [good, fresh, out, released, others] = [await ground.addDevice(), await ground.addDevice(), await ground.addDevice(), await ground.addDevice(), await ground.addDevice()];
    const other = await ground.addNode();
    await ground.lease({ device: good, node: node.id, epoch: 3, seconds: 10 });
    await ground.lease({ device: fresh, node: node.id, seconds: 29 });
    await ground.lease({ device: out, node: node.id, seconds: -1 });
    await ground.lease({ device: released, node: node.id, seconds: 10 });
    await ground.lease({ device: others, node: other.id, seconds: 10 });
    await ground.rows(sql`update device_leases set released_at = now() where device_id = ${released}::uuid`);
    const { now, leases } = await beatBy(raw);
    expect(leases.map(({ device, epoch }) => ({ device, epoch }))).toEqual(expect.arrayContaining([{ device: good, epoch: 3 }, { device: fresh, epoch: 1 }]));
    expect(leases).toHaveLength(2);
    expect(leases.find(({ device }) => device === good)?.until).toBeCloseTo(now + 30_000, 0);
    expect(await leasesOf(good)).toBeGreaterThan(20);
    expect(await leasesOf(out)).toBeLessThan(0);
    for (const left of [await leasesOf(released), await leasesOf(others)]) expect(left).toBeLessThan(10.1);
  });

  test('leaves what the node measured where the operator sees it', async () => {
    const linked = linkTo(await openGateway());
    await untilLinked(linked);
    await untilTrue('the load', async () => (await ground.doors.withSystem('nodes', listNodes)).find(({ id }) => id === node.id)?.load?.sessions['ready'] === 4);
    const device = await ground.addDevice();
    await ground.lease({ device, node: node.id, seconds: 10 });
    await untilTrue('the lease', () => linked.renewed.some((lease) => lease.device === device));
    expect(linked.renewed.find((lease) => lease.device === device)).toMatchObject({ epoch: 1, until: expect.any(Number) });
  });

  test('that does not name any more what the node ran gives it back; what never came there is renewed for a while, and then runs out', async () => {
    const raw = rawTo(await openGateway({ released: (leases) => void released.push(...leases.map(({ deviceId, epoch }) => `${deviceId} ${epoch}`)) }));
    await raw.hello();
    const [runs, ends, coming, lost] = [await ground.addDevice(), await ground.addDevice(), await ground.addDevice(), await ground.addDevice()];
    for (const device of [runs, ends, coming, lost]) await ground.lease({ device, node: node.id, epoch: 2, seconds: 10 });
    await ground.rows(sql`update device_leases set granted_at = now() - interval '5 minutes' where device_id = ${lost}::uuid`);
    await beatBy(raw, [{ device: runs, epoch: 2 }, { device: ends, epoch: 2 }]);
    expect(released).toEqual([]);
    const { leases } = await beatBy(raw, [{ device: runs, epoch: 2 }, { device: ends, epoch: 1 }]);
    expect(released).toEqual([`${ends} 2`]);
    expect(leases.map(({ device }) => device).toSorted()).toEqual([runs, coming, lost].toSorted());
    for (const device of [runs, coming]) expect(await leasesOf(device)).toBeGreaterThan(20);
    expect(await leasesOf(lost)).toBeLessThan(10.1);
    expect(await ground.rows(sql`select device_id from device_leases where node_id = ${node.id}::uuid and released_at is not null`)).toEqual([{ device_id: ends }]);
  });

  test('of another form ends the link', async () => {
    const raw = rawTo(await openGateway());
    await raw.hello();
    raw.socket.emit('heartbeat', { load: 'much' }, () => undefined);
    await untilTrue('the end', () => raw.ended() !== undefined);
    expect(raw.ended()).toBe('io server disconnect');
  });
});

describe('a command', () => {
  const frame = (over: Partial<CommandFrame> = {}): CommandFrame => ({ id: newId(), device: newId(), epoch: 1, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 30_000, command: { type: 'session.start', settings: { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } }, ...over });

  test('reaches the node, whose answer comes back', async () => {
    const gateway = await openGateway();
    const linked = linkTo(gateway);
    await untilTrue('the node', () => gateway.links.linked().length === 1);
    const wanted = frame();
    expect(await gateway.links.command(node.id, wanted)).toEqual({ taken: true });
    expect(linked.obeyed.map(({ id, command }) => ({ id, command }))).toEqual([{ id: wanted.id, command: wanted.command }]);
    expect(await gateway.links.command(node.id, frame({ deadline: Date.now() - 1 }))).toEqual({ taken: false, why: 'late' });
  });

  test('to a node that is not here, that goes while it thinks, or that answers nonsense, comes back as away', async () => {
    const gateway = await openGateway();
    expect(await gateway.links.command(node.id, frame())).toBe('away');
    const raw = rawTo(gateway);
    await raw.hello();
    await untilTrue('the node', () => gateway.links.linked().length === 1);
    raw.socket.once('command', (_frame: unknown, answer: (said: unknown) => void) => answer({ taken: 'perhaps' }));
    expect(await gateway.links.command(node.id, frame())).toBe('away');
    raw.socket.once('command', () => raw.close());
    expect(await gateway.links.command(node.id, frame())).toBe('away');
  });
});

describe('a glimpse', () => {
  const glimpseOf = (device: string, over: object = {}): object => ({ device, epoch: 1, at: 5, glimpse: { type: 'chat.presence', chat: { kind: 'group', group: '12345678' }, by: { phone: '4915510000001' }, state: 'typing' }, ...over });

  test('is passed on under the workspace of the lease; what is malformed or foreign is dropped, and too many of one device are', async () => {
    const gateway = await openGateway();
    const [own, later, foreign] = [await ground.addDevice(), await ground.addDevice(), await ground.addDevice()];
    await ground.lease({ device: own, node: node.id });
    await ground.lease({ device: foreign, node: (await ground.addNode()).id });
    const raw = rawTo(gateway);
    await raw.hello();
    for (const one of [glimpseOf(foreign), glimpseOf(own, { epoch: 2 }), glimpseOf(own, { glimpse: { type: 'x' } }), 'nothing', glimpseOf(own)]) raw.socket.emit('glimpse', one);
    await untilTrue('one', () => glimpses.length > 0);
    expect(glimpses).toEqual([{ workspaceId: ground.workspaceId, deviceId: own, at: 5, glimpse: expect.objectContaining({ state: 'typing' }) }]);
    // A device that was leased behind the welcome is known from its second glimpse on.
    await ground.lease({ device: later, node: node.id });
    await untilTrue('the later one', () => {
      raw.socket.emit('glimpse', glimpseOf(later));
      return glimpses.some((one) => (one as { deviceId: string }).deviceId === later);
    });
    for (let sent = 0; sent < 500; sent += 1) raw.socket.emit('glimpse', glimpseOf(own));
    await raw.socket.timeout(5_000).emitWithAck('heartbeat', load);
    expect(glimpses.length).toBeLessThan(200);
  });
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { openGround, type Ground } from '../link/testing/test-links.ts';
import type { AddedNode } from '../nodes/add-node.ts';
import { revokeNode } from '../nodes/revoke-node.ts';
import { expireLeases, grantLease, releaseLease, type Lease } from './leases.ts';

const times = { leaseMs: 30_000, driftMs: 5_000 };
let ground: Ground;
let one: AddedNode;
let two: AddedNode;
let device: string;

beforeAll(async () => {
  ground = await openGround();
  one = await ground.addNode();
  two = await ground.addNode();
});
afterAll(() => ground.close());
beforeEach(async () => {
  device = await ground.addDevice();
});

const grant = (node: Pick<AddedNode, 'id'>, over: Partial<Lease> = {}): Promise<Lease | undefined> => ground.doors.withSystem('leases', (tx) => grantLease(tx, { workspaceId: ground.workspaceId, deviceId: device, nodeId: node.id, ...over }, times));
const release = (node: Pick<AddedNode, 'id'>, epoch: number): Promise<boolean> => ground.doors.withSystem('leases', (tx) => releaseLease(tx, { workspaceId: ground.workspaceId, deviceId: device, nodeId: node.id, epoch }));
const expire = (): Promise<Lease[]> => ground.doors.withSystem('leases', (tx) => expireLeases(tx, times));
/** As if it had been granted so long ago, and never renewed. */
const age = (seconds: number) => ground.rows(sql`update device_leases set granted_at = granted_at - ${seconds}::float8 * interval '1 second', expires_at = expires_at - ${seconds}::float8 * interval '1 second' where device_id = ${device}::uuid`);

test('a lease lasts its time by the clock of the database', async () => {
  const [before] = await ground.rows(sql`select (extract(epoch from now()) * 1000)::float8 as now`);
  const lease = await grant(one);
  expect(lease).toMatchObject({ workspaceId: ground.workspaceId, deviceId: device, nodeId: one.id, epoch: 1 });
  const [after] = await ground.rows(sql`select (extract(epoch from now()) * 1000)::float8 as now`);
  expect(lease?.until).toBeGreaterThanOrEqual(Number(before?.['now']) + 30_000);
  expect(lease?.until).toBeLessThanOrEqual(Number(after?.['now']) + 30_000);
});

test('of many who want a device at once one gets it, the first time and every time after', async () => {
  const nodes = await Promise.all(Array.from({ length: 12 }, () => ground.addNode()));
  for (let epoch = 1; epoch <= 5; epoch += 1) {
    const granted = (await Promise.all(nodes.map((node) => grant(node)))).filter((lease) => lease !== undefined);
    expect(granted.map((lease) => lease.epoch)).toEqual([epoch]);
    // Given back and run out by turns.
    await (epoch % 2 === 0 ? release({ id: granted[0]?.nodeId ?? '' }, epoch) : age(40));
  }
});

test('a lease that is held is granted to nobody, not even to its holder again', async () => {
  await grant(one);
  expect(await grant(two)).toBeUndefined();
  expect(await grant(one)).toBeUndefined();
  await age(29);
  expect(await grant(two)).toBeUndefined();
});

test('one that ran out is granted only when the time by which clocks may differ is over too', async () => {
  await grant(one);
  await age(34);
  expect(await grant(two)).toBeUndefined();
  await age(2);
  expect(await grant(two)).toMatchObject({ nodeId: two.id, epoch: 2 });
});

test('one that was given back is granted at once, under a newer epoch', async () => {
  await grant(one);
  expect(await release(one, 1)).toBe(true);
  expect(await grant(two)).toMatchObject({ nodeId: two.id, epoch: 2 });
});

test('nobody gives back what is not theirs, or not any more, and nothing is given back twice', async () => {
  await grant(one);
  expect(await release(two, 1)).toBe(false);
  expect(await release(one, 2)).toBe(false);
  expect(await release(one, 1)).toBe(true);
  expect(await release(one, 1)).toBe(false);
  await grant(two);
  expect(await release(one, 1)).toBe(false);
  expect(await grant(one)).toBeUndefined();
});

test('what ran out is told once, when it is free, and again only after it ran out again', async () => {
  await grant(one);
  await age(34);
  expect((await expire()).filter(({ deviceId }) => deviceId === device)).toEqual([]);
  await age(2);
  expect(await expire()).toEqual([expect.objectContaining({ deviceId: device, nodeId: one.id, epoch: 1 })]);
  expect(await expire()).toEqual([]);
  await grant(two);
  expect(await expire()).toEqual([]);
  await age(40);
  expect(await expire()).toEqual([expect.objectContaining({ deviceId: device, nodeId: two.id, epoch: 2 })]);
});

test('neither a removed device, nor a revoked node, nor one of another workspace is granted anything', async () => {
  const leaving = await ground.addNode();
  await ground.doors.withSystem('nodes', (tx) => revokeNode(tx, leaving.name));
  expect(await grant(leaving)).toBeUndefined();
  expect(await grant(one, { workspaceId: newId() })).toBeUndefined();
  expect(await grant({ id: newId() })).toBeUndefined();
  await ground.rows(sql`update devices set removed_at = now() where id = ${device}::uuid`);
  expect(await grant(one)).toBeUndefined();
  expect(await ground.rows(sql`select from device_leases where device_id = ${device}::uuid`)).toEqual([]);
});

import { systemClock } from '@waxos/process/clock';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDoors, type Doors } from '../../db/tenant.ts';
import { addNode, type AddedNode } from './add-node.ts';
import { findNodeByToken, type KnownNode } from './find-node-by-token.ts';
import { listNodes } from './list-nodes.ts';
import { revokeNode } from './revoke-node.ts';
import { rotateNodeToken } from './rotate-node-token.ts';

let database: TestDatabase;
let doors: Doors;

beforeAll(async () => {
  database = await openTestDatabase();
  doors = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 3, clock: systemClock });
});
afterAll(async () => {
  await doors.close();
  await database.close();
});

const add = (name: string): Promise<AddedNode> => doors.withSystem('nodes', (tx) => addNode(tx, { name, region: 'north', labels: ['big'] }));
const rotate = (name: string): Promise<AddedNode> => doors.withSystem('nodes', (tx) => rotateNodeToken(tx, name));
const find = (token: string): Promise<KnownNode | undefined> => doors.withSystem('nodes', (tx) => findNodeByToken(tx, token));

test('a token opens for its node, and nothing in the database would', async () => {
  const { id, token } = await add('first');
  expect(await find(token)).toEqual({ id, name: 'first' });
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await find(`${token}x`)).toBeUndefined();
  const sql = postgres(database.superuserUrl, { max: 1 });
  const kept = await sql`select row_to_json(n)::text as row from nodes n where id = ${id}`;
  await sql.end();
  expect(kept[0]?.['row']).not.toContain(token);
  const texts = Object.values(JSON.parse(String(kept[0]?.['row']))).filter((value) => typeof value === 'string');
  for (const text of texts) expect(await find(text)).toBeUndefined();
});

test('after a rotation the token before opens until the node has come with the new one', async () => {
  const before = await add('rotating');
  const after = await rotate('rotating');
  expect(await find(before.token)).toMatchObject({ name: 'rotating' });
  expect(await find(before.token)).toMatchObject({ name: 'rotating' });
  expect(await find(after.token)).toMatchObject({ name: 'rotating' });
  expect(await find(before.token)).toBeUndefined();
  expect(await find(after.token)).toMatchObject({ name: 'rotating' });
});

test('a token that is rotated twice does not shut out the node, which has never seen the one between', async () => {
  const before = await add('twice');
  const between = await rotate('twice');
  const after = await rotate('twice');
  expect(await find(before.token)).toMatchObject({ name: 'twice' });
  expect(await find(between.token)).toBeUndefined();
  expect(await find(after.token)).toMatchObject({ name: 'twice' });
  expect(await find(before.token)).toBeUndefined();
});

test('a revoked node is let in with neither token, is listed no more, and frees its name', async () => {
  const before = await add('leaving');
  const after = await rotate('leaving');
  await doors.withSystem('nodes', (tx) => revokeNode(tx, 'leaving'));
  expect([await find(before.token), await find(after.token)]).toEqual([undefined, undefined]);
  await expect(rotate('leaving')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(doors.withSystem('nodes', (tx) => revokeNode(tx, 'leaving'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await doors.withSystem('nodes', listNodes)).map(({ name }) => name)).not.toContain('leaving');
  expect((await add('leaving')).id).not.toBe(before.id);
});

test('a name is given once, also to several who want it at the same time, and only in the form that nodes have', async () => {
  const answers = await Promise.allSettled(['wanted', 'wanted', 'wanted'].map(add));
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(add('wanted')).rejects.toMatchObject({ code: 'CONFLICT' });
  for (const name of ['', 'Capital', '-dash', 'spa ce', 'x'.repeat(64)]) await expect(add(name)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('the list tells what a node is and never anything of its token', async () => {
  const { id, token } = await add('listed');
  const listed = await doors.withSystem('nodes', listNodes);
  expect(listed.find((node) => node.id === id)).toMatchObject({ name: 'listed', region: 'north', labels: ['big'], mode: 'ready', gatewayId: null, leases: 0, seenAt: null });
  expect(JSON.stringify(listed)).not.toMatch(/hash/i);
  expect(JSON.stringify(listed)).not.toContain(token);
});

test('the role of the application sees no node at all', async () => {
  const sql = postgres(database.appUrl, { max: 1 });
  await expect(sql`select * from nodes`).rejects.toThrow('permission denied');
  await sql.end();
});

import { PERMISSIONS, rolePermissions, type Permission } from '@waxos/contract/permissions';
import { waitFor } from '@waxos/process/poll';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Answer, Client } from '../../testing/call.ts';
import { arriveMember, arriveOwner, dataOf, tokenIn, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let gateway: TestGateway | undefined;
let owner: Person;

const open = async (): Promise<TestGateway> => (gateway ??= await openTestGateway({ SIGN_UP: 'open' }));

beforeEach(async () => {
  owner = await arriveOwner(await open(), 'Harbour');
});
afterAll(() => gateway?.close());

const arrive = async (role: Parameters<typeof arriveMember>[2]): Promise<Person> => arriveMember(await open(), owner, role);

const act = async (path: 'changeRole' | 'remove' | 'leave', input: unknown, { client }: { client: Client }): Promise<Answer> => (await open()).call.mutate(`members.${path}`, input, client);

const rolesSeenBy = async ({ client }: Person): Promise<string[]> =>
  dataOf<{ role: string }[]>(await (await open()).call.query('members.list', undefined, client)).map(({ role }) => role);

const keyWith = async (scopes: readonly Permission[]): Promise<{ client: Client }> => {
  const made = await (await open()).call.mutate('apiKeys.create', { name: 'A program', scopes, expiresInDays: null }, owner.client);
  return { client: { apiKey: dataOf<{ key: string }>(made).key } };
};

test('the last owner can neither leave nor be removed nor become something less', async () => {
  expect((await act('leave', undefined, owner)).error?.code).toBe('LAST_OWNER');
  expect((await act('remove', { memberId: owner.memberId }, owner)).error?.code).toBe('LAST_OWNER');
  expect((await act('changeRole', { memberId: owner.memberId, role: 'admin' }, owner)).error?.code).toBe('LAST_OWNER');
  expect(await rolesSeenBy(owner)).toEqual(['owner']);
});

test('two owners who leave at the same time leave one behind', async () => {
  for (let round = 0; round < 4; round += 1) {
    const second = await arrive('owner');
    const answers = await Promise.all([act('leave', undefined, owner), act('leave', undefined, second)]);
    expect(answers.map(({ error }) => error?.code ?? 'left').toSorted()).toEqual(['LAST_OWNER', 'left']);
    if (answers[0]?.error === undefined) owner = second;
  }
});

test('of two owners who demote each other at the same time one stays owner, and the other has no say any more', async () => {
  const second = await arrive('owner');
  const answers = await Promise.all([
    act('changeRole', { memberId: second.memberId, role: 'agent' }, owner),
    act('changeRole', { memberId: owner.memberId, role: 'agent' }, second),
  ]);
  expect(answers.map(({ error }) => error?.code ?? 'done').toSorted()).toEqual(['FORBIDDEN', 'done']);
  expect((await rolesSeenBy(owner)).toSorted()).toEqual(['agent', 'owner']);
});

test('an admin rules over admins, agents and viewers, and not over owners', async () => {
  const [admin, other] = [await arrive('admin'), await arrive('admin')];
  await arrive('owner');
  expect((await act('changeRole', { memberId: other.memberId, role: 'viewer' }, admin)).error).toBeUndefined();
  expect((await act('changeRole', { memberId: other.memberId, role: 'owner' }, admin)).error?.code).toBe('FORBIDDEN');
  expect((await act('changeRole', { memberId: admin.memberId, role: 'owner' }, admin)).error?.code).toBe('FORBIDDEN');
  expect((await act('changeRole', { memberId: owner.memberId, role: 'viewer' }, admin)).error?.code).toBe('FORBIDDEN');
  expect((await act('remove', { memberId: owner.memberId }, admin)).error?.code).toBe('FORBIDDEN');
  expect((await act('remove', { memberId: other.memberId }, admin)).error).toBeUndefined();
});

test('a program raises nobody above itself and touches no owner', async () => {
  const agent = await arrive('agent');
  await arrive('owner');
  const small = await keyWith(['members.update', 'members.remove', ...rolePermissions.agent]);
  const large = await keyWith(PERMISSIONS);
  expect((await act('changeRole', { memberId: agent.memberId, role: 'admin' }, small)).error?.code).toBe('FORBIDDEN');
  expect((await act('changeRole', { memberId: agent.memberId, role: 'owner' }, large)).error?.code).toBe('FORBIDDEN');
  expect((await act('remove', { memberId: owner.memberId }, large)).error?.code).toBe('FORBIDDEN');
  expect((await act('changeRole', { memberId: owner.memberId, role: 'agent' }, large)).error?.code).toBe('FORBIDDEN');
});

test('a role that changed counts at the next request, without signing in again', async () => {
  const admin = await arrive('admin');
  const read = async () => (await (await open()).call.query('audit.list', {}, admin.client)).error?.code ?? 'read';
  expect(await read()).toBe('read');
  await act('changeRole', { memberId: admin.memberId, role: 'viewer' }, owner);
  expect(await read()).toBe('FORBIDDEN');
  await act('remove', { memberId: admin.memberId }, owner);
  expect(await read()).toBe('NOT_FOUND');
});

test('giving somebody the role they have changes nothing and says nothing', async () => {
  const agent = await arrive('agent');
  const cursor = async () => dataOf<{ cursor: number }>(await (await open()).call.query('events.list', {}, owner.client)).cursor;
  const before = await cursor();
  expect((await act('changeRole', { memberId: agent.memberId, role: 'agent' }, owner)).error).toBeUndefined();
  expect(await cursor()).toBe(before);
});

test('a person who was removed can be invited again and is a new member', async () => {
  const agent = await arrive('agent');
  const { call, postBox } = await open();
  await act('remove', { memberId: agent.memberId }, owner);
  dataOf(await call.mutate('invitations.create', { email: agent.email, role: 'viewer' }, owner.client));
  const second = await waitFor(() => postBox.letters.filter((letter) => letter.to === agent.email)[1], { timeoutMs: 10_000, what: 'the second invitation' });
  const joined = await call.mutate('invitations.accept', { token: tokenIn(second.text) }, agent.client);
  expect(joined.data).toEqual({ workspaceId: owner.workspaceId });
  const members = dataOf<{ id: string; email: string; role: string }[]>(await call.query('members.list', undefined, owner.client));
  const again = members.find(({ email }) => email === agent.email);
  expect(again?.role).toBe('viewer');
  expect(again?.id).not.toBe(agent.memberId);
});

import { AUDIT_ACTIONS } from '@waxos/contract/audit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberActor } from '../../db/actor.ts';
import { rolePermissions } from '@waxos/contract/permissions';
import { newId } from '../../db/ids.ts';
import { switchTotpOn } from '../../testing/authenticator.ts';
import { arriveMember, arriveOwner, dataOf, PASSWORD, tokenIn, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

interface Page {
  entries: { id: string; action: string; actorName: string; actorKind: string; subject: string; address: string; details: Record<string, string> }[];
  nextBefore: string | null;
}

const list = async (input: object = {}): Promise<Page> => dataOf<Page>(await gateway.call.query('audit.list', input, owner.client));

const actor = (): MemberActor => ({
  kind: 'member',
  workspaceId: owner.workspaceId,
  memberId: owner.memberId,
  accountId: newId(),
  role: 'owner',
  permissions: rolePermissions.owner,
  name: owner.name,
  address: '',
});

test.each(['update audit_entries set subject = $$another$$', 'delete from audit_entries', 'truncate audit_entries'])('PostgreSQL itself refuses the application: %s', async (statement) => {
  const before = await list();
  expect(before.entries.length).toBeGreaterThan(0);
  const rewriting = gateway.services.doors.withTenant(actor(), (tx) => tx.db.execute(sql.raw(statement)));
  await expect(rewriting).rejects.toMatchObject({ cause: { message: expect.stringContaining('permission denied for table audit_entries') as string } });
  expect(await list()).toEqual(before);
});

test('the application cannot write an entry into the log of another workspace', async () => {
  const entry = sql`insert into audit_entries (workspace_id, id, at, action, actor_kind, actor_name, subject, address, details)
    values (${newId()}::uuid, ${newId()}::uuid, now(), 'workspace.updated', 'member', 'Nobody', '', '', '{}')`;
  await expect(gateway.services.doors.withTenant(actor(), (tx) => tx.db.execute(entry))).rejects.toMatchObject({ cause: { message: expect.stringContaining('row-level security') as string } });
});

test('an entry says who did what, on what, from where', async () => {
  const agent = await arriveMember(gateway, owner, 'agent');
  dataOf(await gateway.call.mutate('members.changeRole', { memberId: agent.memberId, role: 'viewer' }, owner.client));
  expect((await list({ limit: 1 })).entries).toEqual([
    expect.objectContaining({ action: 'member.role_changed', actorKind: 'member', actorName: owner.name, subject: agent.name, address: '127.0.0.1', details: { role: 'agent → viewer' } }),
  ]);
});

test('what a program does stands there under the name of its key', async () => {
  const { key } = dataOf<{ key: string }>(await gateway.call.mutate('apiKeys.create', { name: 'CRM bridge', scopes: ['workspace.update'], expiresInDays: null }, owner.client));
  dataOf(await gateway.call.mutate('workspaces.update', { name: 'Harbour' }, { apiKey: key }));
  expect((await list({ limit: 1 })).entries[0]).toMatchObject({ action: 'workspace.updated', actorKind: 'api_key', actorName: 'CRM bridge' });
});

test('a refused sign-in stands in the log of each workspace of that person', async () => {
  await gateway.call.mutate('auth.signIn', { email: owner.email, password: 'a wrong password' });
  expect((await list({ action: 'account.sign_in_refused', limit: 1 })).entries).toEqual([expect.objectContaining({ actorName: owner.name, address: '127.0.0.1' })]);
});

test('a deed that was refused leaves no entry', async () => {
  const before = await list();
  expect((await gateway.call.mutate('members.leave', undefined, owner.client)).error?.code).toBe('LAST_OWNER');
  expect(await list()).toEqual(before);
});

test('pages of entries follow one another without a gap or a repeat', async () => {
  const all = (await list({ limit: 200 })).entries.map(({ id }) => id);
  const paged: string[] = [];
  let before: string | null | undefined;
  do {
    const page: Page = await list({ limit: 2, ...(before === undefined ? {} : { before }) });
    paged.push(...page.entries.map(({ id }) => id));
    before = page.nextBefore;
  } while (before !== null);
  expect(paged).toEqual(all);
  expect(new Set(all).size).toBe(all.length);
});

test('every action that the log knows is written by something', async () => {
  const { call, postBox } = gateway;
  const agent = await arriveMember(gateway, owner, 'agent');
  const app = await switchTotpOn(gateway, agent);
  const renewed = await call.mutate('account.renewRecoveryCodes', { password: PASSWORD }, app.client);
  dataOf(renewed);
  const off = await call.mutate('account.disableTotp', { password: PASSWORD }, app.client);
  const client = { cookie: off.cookie ?? '' };
  dataOf(await call.mutate('account.revokeOtherSignInSessions', undefined, client));
  const changed = await call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: PASSWORD }, client);
  dataOf(await call.mutate('auth.signOut', undefined, { cookie: changed.cookie ?? '' }));
  dataOf(await call.mutate('auth.signIn', { email: agent.email, password: PASSWORD }));
  dataOf(await call.mutate('auth.requestPasswordReset', { email: agent.email }));
  dataOf(await call.mutate('auth.resetPassword', { token: tokenIn((await postBox.letterTo(agent.email, /reset/i)).text), password: PASSWORD }));
  const invitation = dataOf<{ id: string }>(await call.mutate('invitations.create', { email: 'revoked@example.com', role: 'agent' }, owner.client));
  dataOf(await call.mutate('invitations.revoke', { invitationId: invitation.id }, owner.client));
  dataOf(await call.mutate('members.remove', { memberId: agent.memberId }, owner.client));
  const key = dataOf<{ id: string }>(await call.mutate('apiKeys.create', { name: 'Short', scopes: ['workspace.read'], expiresInDays: 1 }, owner.client));
  dataOf(await call.mutate('apiKeys.revoke', { apiKeyId: key.id }, owner.client));
  const device = dataOf<{ id: string }>(await call.mutate('devices.add', { name: 'Counter', kind: 'sandbox' }, owner.client));
  dataOf(await call.mutate('devices.rename', { deviceId: device.id, name: 'Quay' }, owner.client));
  dataOf(await call.mutate('devices.remove', { deviceId: device.id, name: 'Quay' }, owner.client));
  const seen = new Set((await list({ limit: 200 })).entries.map(({ action }) => action));
  expect(AUDIT_ACTIONS.filter((action) => !seen.has(action))).toEqual([]);
});

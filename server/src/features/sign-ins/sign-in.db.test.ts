import { afterAll, beforeAll, expect, test } from 'vitest';
import { arriveMember, arriveOwner, PASSWORD, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

test('the owner signs in with the right password and gets a new cookie', async () => {
  const answer = await gateway.call.mutate('auth.signIn', { email: owner.email.toUpperCase(), password: PASSWORD });
  expect(answer.data).toEqual({ next: 'done' });
  expect(answer.cookie).not.toBe(owner.client.cookie);
  const account = await gateway.call.query('account.get', undefined, { cookie: answer.cookie ?? '' });
  expect(account.data).toMatchObject({ email: owner.email, workspaces: [{ name: 'Harbour', role: 'owner' }] });
});

test('a wrong password and an unknown address get the same answer', async () => {
  const wrong = await gateway.call.mutate('auth.signIn', { email: owner.email, password: 'not the password' });
  const unknown = await gateway.call.mutate('auth.signIn', { email: 'nobody@example.com', password: 'not the password' });
  expect(wrong.error?.code).toBe('WRONG_CREDENTIALS');
  expect(unknown.error).toMatchObject({ code: 'WRONG_CREDENTIALS', text: wrong.error?.text });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
});

test('an invited person joins by the link in the mail, and it works once', async () => {
  const agent = await arriveMember(gateway, owner, 'agent');
  const account = await gateway.call.query('account.get', undefined, agent.client);
  expect(account.data).toMatchObject({ workspaces: [{ role: 'agent', permissions: ['workspace.read', 'members.read', 'devices.read'] }] });
});

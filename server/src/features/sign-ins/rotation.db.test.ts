import { afterAll, beforeAll, expect, test } from 'vitest';
import { arriveOwner, PASSWORD, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const isSignedIn = async (cookie: string): Promise<boolean> => (await gateway.call.query('account.get', undefined, { cookie })).error === undefined;

test('requests on their way while a new workspace rotates the cookie are answered, and half a minute later the old cookie is worth nothing', async () => {
  const { cookie: old = '' } = await gateway.call.mutate('auth.signIn', { email: owner.email, password: PASSWORD });
  const [made, ...others] = await Promise.all([
    gateway.call.mutate('workspaces.create', { name: 'Second quay' }, { cookie: old }),
    ...Array.from({ length: 20 }, () => gateway.call.query('account.get', undefined, { cookie: old })),
  ]);
  expect(others.flatMap(({ error }) => error?.code ?? [])).toEqual([]);
  expect(made.cookie).not.toBe(old);
  expect([await isSignedIn(old), await isSignedIn(made.cookie ?? '')]).toEqual([true, true]);
  gateway.clock.advance(30_000);
  expect([await isSignedIn(old), await isSignedIn(made.cookie ?? '')]).toEqual([false, true]);
});

test('signing out ends the cookie before the last one too', async () => {
  const { cookie: old = '' } = await gateway.call.mutate('auth.signIn', { email: owner.email, password: PASSWORD });
  const made = await gateway.call.mutate('workspaces.create', { name: 'Third quay' }, { cookie: old });
  await gateway.call.mutate('auth.signOut', undefined, { cookie: made.cookie ?? '' });
  expect(await isSignedIn(old)).toBe(false);
});

test('after a change of the password the cookie before it is worth nothing at once', async () => {
  const { cookie: old = '' } = await gateway.call.mutate('auth.signIn', { email: owner.email, password: PASSWORD });
  const changed = await gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: PASSWORD }, { cookie: old });
  expect([await isSignedIn(old), await isSignedIn(changed.cookie ?? '')]).toEqual([false, true]);
});

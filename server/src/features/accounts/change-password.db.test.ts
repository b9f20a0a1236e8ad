import { hash } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts } from '../../db/schema/accounts.ts';
import { arriveMember, arriveOwner, dataOf, PASSWORD, tokenIn, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

const NEW_PASSWORD = 'copper-lantern-77-reef';

let gateway: TestGateway;
let owner: Person;
let person: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
  person = await arriveMember(gateway, owner, 'agent');
});
afterAll(() => gateway.close());

const hashOf = async ({ email }: Person): Promise<string> => {
  const [row] = await gateway.services.doors.withSystem('account', (tx) => tx.db.select({ hash: accounts.passwordHash }).from(accounts).where(eq(accounts.email, email)));
  return row?.hash ?? '';
};

test('a new password ends every other session and gives this one a new cookie', async () => {
  const other = await gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD });
  const changed = await gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, person.client);
  for (const cookie of [other.cookie ?? '', person.client.cookie ?? '']) expect((await gateway.call.query('account.get', undefined, { cookie })).error?.code).toBe('SIGNED_OUT');
  expect((await gateway.call.query('account.get', undefined, { cookie: changed.cookie ?? '' })).data).toMatchObject({ email: person.email });
});

test('a reset link that lay in the mailbox dies with the old password', async () => {
  const someone = await arriveMember(gateway, owner, 'agent');
  await gateway.call.mutate('auth.requestPasswordReset', { email: someone.email });
  const token = tokenIn((await gateway.postBox.letterTo(someone.email, /reset/i)).text);
  dataOf(await gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, someone.client));
  expect((await gateway.call.mutate('auth.resetPassword', { token, password: 'a third one 1234' })).error?.code).toBe('LINK_EXPIRED');
});

test.each(['password123', 'qwertyuiop', 'Letmein2024!', 'aaaaaaaaaaaa', 'dragondragon', 'p@ssw0rd1234'])('%s is refused because it is on every list of stolen passwords', async (newPassword) => {
  const before = await hashOf(owner);
  const { error } = await gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword }, owner.client);
  expect(error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'newPassword', problem: 'password_breached' }] });
  expect(await hashOf(owner)).toBe(before);
});

test('a password is stored by Argon2id with the parameters that OWASP asks for', async () => {
  expect(await hashOf(owner)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a hash of older parameters is replaced at the next sign-in, and not by a wrong password', async () => {
  const someone = await arriveMember(gateway, owner, 'agent');
  const old = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await gateway.services.doors.withSystem('account', (tx) => tx.db.update(accounts).set({ passwordHash: old }).where(eq(accounts.email, someone.email)));
  await gateway.call.mutate('auth.signIn', { email: someone.email, password: 'a wrong password' });
  expect(await hashOf(someone)).toBe(old);
  dataOf(await gateway.call.mutate('auth.signIn', { email: someone.email, password: PASSWORD }));
  expect(await hashOf(someone)).toMatch(/m=19456,t=2,p=1/);
  dataOf(await gateway.call.mutate('auth.signIn', { email: someone.email, password: PASSWORD }));
});

test('the same password typed on another keyboard is the same password', async () => {
  const someone = await arriveMember(gateway, owner, 'agent');
  dataOf(await gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: 'caf\u00e9 au lait 42' }, someone.client));
  expect((await gateway.call.mutate('auth.signIn', { email: someone.email, password: 'cafe\u0301 au lait 42' })).error).toBeUndefined();
});

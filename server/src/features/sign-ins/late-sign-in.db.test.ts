import { hash } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts } from '../../db/schema/accounts.ts';
import { switchTotpOn } from '../../testing/authenticator.ts';
import { arriveMember, arriveOwner, PASSWORD, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';
import type { Answer } from '../../testing/call.ts';

const NEW_PASSWORD = 'amber-window-17-fern';

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

/** Signs in with the old password, whose check takes so long that the password is changed meanwhile. */
const signInAcrossAChange = async (person: Person): Promise<Answer> => {
  const { passwords } = gateway.services;
  const { check } = passwords;
  passwords.check = async (...given) => {
    const checked = await check(...given);
    passwords.check = check;
    const change = await gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, person.client);
    if (change.error !== undefined) throw new Error(change.error.text);
    return checked;
  };
  return gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD });
};

test('a sign-in that began before the password was changed does not get in after it', async () => {
  const person = await arriveMember(gateway, owner, 'agent');
  const late = await signInAcrossAChange(person);
  expect([late.error?.code, late.cookie]).toEqual(['WRONG_CREDENTIALS', undefined]);
});

test('an old password does not come back because its hash was due to be renewed', async () => {
  const person = await arriveMember(gateway, owner, 'agent');
  const outdated = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  await gateway.services.doors.withSystem('account', (tx) => tx.db.update(accounts).set({ passwordHash: outdated }).where(eq(accounts.email, person.email)));
  await signInAcrossAChange(person);
  expect((await gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD })).error?.code).toBe('WRONG_CREDENTIALS');
  expect((await gateway.call.mutate('auth.signIn', { email: person.email, password: NEW_PASSWORD })).data).toEqual({ next: 'done' });
});

test('half a two-step sign-in is worth nothing once the password is another one', async () => {
  const person = await arriveMember(gateway, owner, 'agent');
  const authenticator = await switchTotpOn(gateway, person);
  const begun = await gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD });
  const { challenge } = begun.data as { challenge: string };
  await gateway.services.doors.withSystem('account', async (tx) => tx.db.update(accounts).set({ passwordHash: await hash(NEW_PASSWORD) }).where(eq(accounts.email, person.email)));
  const code = authenticator.recoveryCodes[0];
  expect((await gateway.call.mutate('auth.signInTotp', { challenge, code })).error?.code).toBe('LINK_EXPIRED');
});

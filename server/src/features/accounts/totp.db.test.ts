import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts } from '../../db/schema/accounts.ts';
import { codeAt, switchTotpOn } from '../../testing/authenticator.ts';
import type { Answer } from '../../testing/call.ts';
import { arriveMember, arriveOwner, dataOf, PASSWORD, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';
import { acceptTotpCode } from './totp.ts';

const STEP_MS = 30_000;

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const arrive = () => arriveMember(gateway, owner, 'agent');

const challengeOf = async ({ email, password }: Person): Promise<string> => dataOf<{ challenge: string }>(await gateway.call.mutate('auth.signIn', { email, password })).challenge;

const signIn = async (person: Person, code: string): Promise<Answer> => gateway.call.mutate('auth.signInTotp', { challenge: await challengeOf(person), code });

const rowOf = async ({ email }: Person): Promise<typeof accounts.$inferSelect> => {
  const [row] = await gateway.services.doors.withSystem('account', (tx) => tx.db.select().from(accounts).where(eq(accounts.email, email)));
  if (row === undefined) throw new Error(`no account for ${email}`);
  return row;
};

test('with TOTP on, the password alone gives a challenge and no session', async () => {
  const person = await arrive();
  await switchTotpOn(gateway, person);
  const answer = await gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD });
  expect(answer.data).toMatchObject({ next: 'totp' });
  expect(answer.cookie).toBeUndefined();
});

test('a code signs in once, and is refused when somebody who saw it types it again', async () => {
  const person = await arrive();
  const app = await switchTotpOn(gateway, person);
  gateway.clock.advance(STEP_MS);
  const code = app.code();
  expect((await signIn(person, code)).cookie).toMatch(/^[\w-]{43}$/);
  expect((await signIn(person, code)).error?.code).toBe('WRONG_CODE');
});

test('the code that confirmed TOTP does not sign in as well', async () => {
  const person = await arrive();
  const app = await switchTotpOn(gateway, person);
  expect((await signIn(person, app.code())).error?.code).toBe('WRONG_CODE');
});

test('of two sign-ins with one code at the same time, one gets in', async () => {
  const person = await arrive();
  const app = await switchTotpOn(gateway, person);
  gateway.clock.advance(STEP_MS);
  const answers = await Promise.all([1, 2, 3, 4].map(() => signIn(person, app.code())));
  expect(answers.map(({ error }) => error?.code ?? 'in').toSorted()).toEqual(['WRONG_CODE', 'WRONG_CODE', 'WRONG_CODE', 'in']);
});

test('a phone whose clock is one step off gets in, two steps off does not', async () => {
  const person = await arrive();
  const app = await switchTotpOn(gateway, person);
  gateway.clock.advance(10 * STEP_MS);
  expect((await signIn(person, app.code(-2))).error?.code).toBe('WRONG_CODE');
  expect((await signIn(person, app.code(2))).error?.code).toBe('WRONG_CODE');
  expect((await signIn(person, app.code(-1))).error).toBeUndefined();
  expect((await signIn(person, app.code(1))).error).toBeUndefined();
  // An earlier code than the last accepted one is a replay, even if it was never used.
  expect((await signIn(person, app.code(0))).error?.code).toBe('WRONG_CODE');
});

test('a recovery code works once, however it is spelt, and is counted off', async () => {
  const person = await arrive();
  const { recoveryCodes, client } = await switchTotpOn(gateway, person);
  const [first = '', second = ''] = recoveryCodes;
  expect(recoveryCodes).toHaveLength(10);
  expect((await signIn(person, first.toLowerCase().replace('-', ' '))).error).toBeUndefined();
  expect((await signIn(person, first)).error?.code).toBe('WRONG_CODE');
  const answers = await Promise.all([signIn(person, second), signIn(person, second)]);
  expect(answers.filter(({ error }) => error === undefined)).toHaveLength(1);
  expect((await gateway.call.query('account.get', undefined, client)).data).toMatchObject({ recoveryCodesLeft: 8 });
});

test("another person's recovery codes and codes of the app are worthless", async () => {
  const [one, other] = [await arrive(), await arrive()];
  await switchTotpOn(gateway, one);
  const theirs = await switchTotpOn(gateway, other);
  gateway.clock.advance(STEP_MS);
  expect((await signIn(one, theirs.code())).error?.code).toBe('WRONG_CODE');
  expect((await signIn(one, theirs.recoveryCodes[0] ?? '')).error?.code).toBe('WRONG_CODE');
});

test('the secret is sealed in its row, and cannot be moved to the row of somebody else', async () => {
  const person = await arrive();
  const { secret, recoveryCodes } = await switchTotpOn(gateway, person);
  const row = await rowOf(person);
  const sealed = row.totpSecretSealed ?? '';
  expect(sealed).not.toContain(secret);
  expect(gateway.services.keyring.unseal('totp-secret', sealed, row.id)).toBe(secret);
  expect(gateway.services.keyring.unseal('totp-secret', sealed, (await rowOf(owner)).id)).toBeUndefined();
  expect(JSON.stringify(row)).not.toContain(recoveryCodes[0]?.replace('-', ''));
});

test('a challenge ends after five minutes, and one that was not given out is refused', async () => {
  const person = await arrive();
  const app = await switchTotpOn(gateway, person);
  const challenge = await challengeOf(person);
  const forged = `${challenge.startsWith('A') ? 'B' : 'A'}${challenge.slice(1)}`;
  gateway.clock.advance(5 * 60_000 + 1);
  expect((await gateway.call.mutate('auth.signInTotp', { challenge, code: app.code() })).error?.code).toBe('LINK_EXPIRED');
  expect((await gateway.call.mutate('auth.signInTotp', { challenge: forged, code: app.code() })).error?.code).toBe('LINK_EXPIRED');
  const otherPurpose = gateway.services.keyring.seal('totp-secret', JSON.stringify({ accountId: (await rowOf(person)).id, expiresAt: 9e15 }), 'sign-in');
  expect((await gateway.call.mutate('auth.signInTotp', { challenge: otherPurpose, code: app.code() })).error?.code).toBe('LINK_EXPIRED');
});

test('switching TOTP on gives this browser a new session and ends all others', async () => {
  const person = await arrive();
  const { cookie = '' } = await gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD });
  const { client } = await switchTotpOn(gateway, person);
  expect(client.cookie).not.toBe(person.client.cookie);
  for (const old of [cookie, person.client.cookie ?? '']) expect((await gateway.call.query('account.get', undefined, { cookie: old })).error?.code).toBe('SIGNED_OUT');
  expect((await gateway.call.query('account.get', undefined, client)).data).toMatchObject({ totpEnabled: true, recoveryCodesLeft: 10 });
});

test('while TOTP is on, nobody at the keyboard can begin it anew; switched off, the old codes are gone', async () => {
  const person = await arrive();
  const { client, recoveryCodes } = await switchTotpOn(gateway, person);
  expect((await gateway.call.mutate('account.beginTotp', { password: PASSWORD }, client)).error?.code).toBe('CONFLICT');
  const off = await gateway.call.mutate('account.disableTotp', { password: PASSWORD }, client);
  expect((await gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD })).data).toEqual({ next: 'done' });
  const after = { ...client, cookie: off.cookie ?? '' };
  const again = await switchTotpOn(gateway, { ...person, client: after });
  expect((await signIn(person, recoveryCodes[0] ?? '')).error?.code).toBe('WRONG_CODE');
  expect((await signIn(person, again.recoveryCodes[0] ?? '')).error).toBeUndefined();
});

test('beginning again in another tab while confirming never leaves a secret on that no app holds', async () => {
  const person = await arrive();
  let { client } = person;
  for (let round = 0; round < 8; round += 1) {
    const { secret } = dataOf<{ secret: string }>(await gateway.call.mutate('account.beginTotp', { password: PASSWORD }, client));
    const code = codeAt(secret, gateway.clock.now());
    const [confirmed] = await Promise.all([gateway.call.mutate('account.confirmTotp', { code }, client), gateway.call.mutate('account.beginTotp', { password: PASSWORD }, client)]);
    if (confirmed.error !== undefined) continue;
    const row = await rowOf(person);
    expect(gateway.services.keyring.unseal('totp-secret', row.totpSecretSealed ?? '', row.id)).toBe(secret);
    const off = await gateway.call.mutate('account.disableTotp', { password: PASSWORD }, { ...client, cookie: confirmed.cookie ?? '' });
    client = { ...client, cookie: off.cookie ?? '' };
  }
});

test('a code is not accepted for a secret that was replaced while it was being looked at', async () => {
  const person = await arrive();
  const { doors, keyring } = gateway.services;
  const begin = async () => dataOf<{ secret: string }>(await gateway.call.mutate('account.beginTotp', { password: PASSWORD }, person.client)).secret;
  const secret = await begin();
  const row = await rowOf(person);
  const check = { accountId: row.id, code: codeAt(secret, gateway.clock.now()), keyring };
  await begin();
  expect(await doors.withSystem('account', (tx) => acceptTotpCode(tx, row, check))).toBe(false);
  const fresh = await rowOf(person);
  const newSecret = keyring.unseal('totp-secret', fresh.totpSecretSealed ?? '', row.id) ?? '';
  expect(await doors.withSystem('account', (tx) => acceptTotpCode(tx, fresh, { ...check, code: codeAt(newSecret, gateway.clock.now()) }))).toBe(true);
});

import { waitFor } from '@waxos/process/poll';
import { eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts } from '../../db/schema/accounts.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { writeLink } from '../../secrets/links.ts';
import { newId } from '../../db/ids.ts';
import { switchTotpOn } from '../../testing/authenticator.ts';
import type { Answer } from '../../testing/call.ts';
import { arriveMember, arriveOwner, PASSWORD, tokenIn, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

const NEW_PASSWORD = 'copper-lantern-77-reef';
const HOUR_MS = 60 * 60_000;

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const lettersTo = ({ email }: Person): string[] => gateway.postBox.letters.filter((letter) => letter.to === email && /reset/i.test(letter.subject)).map(({ text }) => tokenIn(text));

/** Asks for a link and waits for it to arrive. */
const askFor = async (person: Person): Promise<string> => {
  const already = lettersTo(person).length;
  await gateway.call.mutate('auth.requestPasswordReset', { email: person.email });
  return waitFor(() => lettersTo(person)[already], { timeoutMs: 10_000, what: `another letter to ${person.email}` });
};

const reset = (token: string, password = NEW_PASSWORD): Promise<Answer> => gateway.call.mutate('auth.resetPassword', { token, password });

const arrive = () => arriveMember(gateway, owner, 'agent');

test('a link works once, and of two at the same time one works', async () => {
  const person = await arrive();
  const token = await askFor(person);
  const answers = await Promise.all([reset(token), reset(token, 'another-one-88-quay')]);
  expect(answers.map(({ error }) => error?.code ?? 'done').toSorted()).toEqual(['LINK_EXPIRED', 'done']);
  expect((await reset(token)).error?.code).toBe('LINK_EXPIRED');
});

test('older links die with the one that was used', async () => {
  const person = await arrive();
  const [older, newer] = [await askFor(person), await askFor(person)];
  expect((await reset(newer)).error).toBeUndefined();
  expect((await reset(older)).error?.code).toBe('LINK_EXPIRED');
});

test('a link ends after an hour', async () => {
  const person = await arrive();
  const token = await askFor(person);
  gateway.clock.advance(HOUR_MS);
  expect((await reset(token)).error?.code).toBe('LINK_EXPIRED');
});

test('every session ends, nobody is signed in by the link, and TOTP stays on', async () => {
  const person = await arrive();
  const { client } = await switchTotpOn(gateway, person);
  const answer = await reset(await askFor(person));
  expect(answer.cookie).toBeUndefined();
  expect((await gateway.call.query('account.get', undefined, client)).error?.code).toBe('SIGNED_OUT');
  expect((await gateway.call.mutate('auth.signIn', { email: person.email, password: NEW_PASSWORD })).data).toMatchObject({ next: 'totp' });
});

test('a stolen password is refused by the name of the field, and the link still works afterwards', async () => {
  const person = await arrive();
  const token = await askFor(person);
  expect((await reset(token, 'password1234')).error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'password', problem: 'password_breached' }] });
  expect((await reset(token)).error).toBeUndefined();
});

test('an address without an account gets the same answer, as many writes, and no mail', async () => {
  const person = await arrive();
  const jobsNow = () => gateway.services.doors.withSystem('worker', (tx) => tx.db.select().from(jobs).where(isNull(jobs.workspaceId)));
  const count = (await jobsNow()).length;
  const known = await gateway.call.mutate('auth.requestPasswordReset', { email: person.email });
  const unknown = await gateway.call.mutate('auth.requestPasswordReset', { email: 'nobody@example.com' });
  expect(unknown).toEqual(known);
  const finished = await waitFor(async () => ((await jobsNow()).filter((job) => job.finishedAt !== null).length === count + 2 ? jobsNow() : undefined), { timeoutMs: 10_000, what: 'both jobs to be done' });
  expect(finished.every((job) => job.lastError === null)).toBe(true);
  expect(gateway.postBox.letters.some((letter) => letter.to === 'nobody@example.com')).toBe(false);
});

test('a link that was made up, or made for something else, is refused', async () => {
  const { keyring } = gateway.services;
  const token = await askFor(await arrive());
  const [id = '', mac = ''] = token.split('.');
  for (const forged of ['x', '.', `${id}.`, `${newId()}.${mac}`, `${id}.${mac.slice(0, -1)}`, writeLink(keyring, 'invitation-link', id)]) {
    expect((await reset(forged)).error?.code, forged).toBe('LINK_EXPIRED');
  }
});

test('the old password is gone from the row', async () => {
  const person = await arrive();
  await reset(await askFor(person));
  const [row] = await gateway.services.doors.withSystem('account', (tx) => tx.db.select().from(accounts).where(eq(accounts.email, person.email)));
  expect((await gateway.services.passwords.check(PASSWORD, row?.passwordHash)).right).toBe(false);
  expect((await gateway.services.passwords.check(NEW_PASSWORD, row?.passwordHash)).right).toBe(true);
});

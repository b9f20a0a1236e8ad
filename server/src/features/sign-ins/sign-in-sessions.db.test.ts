import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInSessions } from '../../db/schema/sign-in-sessions.ts';
import { hashToken, newToken } from '../../secrets/tokens.ts';
import type { Client } from '../../testing/call.ts';
import { arriveMember, arriveOwner, dataOf, PASSWORD, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

const DAY_MS = 24 * 60 * 60_000;

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const signIn = async (person: Person, client: Client = {}): Promise<Client> => ({ cookie: (await gateway.call.mutate('auth.signIn', { email: person.email, password: PASSWORD }, client)).cookie ?? '' });

const stateOf = async (client: Client): Promise<string> => (await gateway.call.query('account.get', undefined, client)).error?.code ?? 'signed in';

/** The Set-Cookie line itself, for which the ordinary caller has no use. */
const setCookieOf = async (origin: string, at = gateway): Promise<string> => {
  const response = await fetch(`${at.url}/trpc/auth.signIn`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: JSON.stringify({ email: owner.email, password: PASSWORD }) });
  return response.headers.getSetCookie().join('\n');
};

test('a session ends after seven days without a request', async () => {
  const client = await signIn(owner);
  gateway.clock.advance(7 * DAY_MS - 1);
  expect(await stateOf(client)).toBe('signed in');
  gateway.clock.advance(7 * DAY_MS);
  expect(await stateOf(client)).toBe('SIGNED_OUT');
});

test('a session that is used every day ends after thirty days all the same', async () => {
  const client = await signIn(owner);
  for (let day = 0; day < 29; day += 1) {
    gateway.clock.advance(DAY_MS);
    expect(await stateOf(client)).toBe('signed in');
  }
  gateway.clock.advance(DAY_MS);
  expect(await stateOf(client)).toBe('SIGNED_OUT');
});

test('what renews the token does not renew the thirty days', async () => {
  const person = await arriveMember(gateway, { ...owner, client: { ...(await signIn(owner)), workspaceId: owner.workspaceId } }, 'agent');
  let { client } = person;
  for (let week = 0; week < 4; week += 1) {
    gateway.clock.advance(6 * DAY_MS);
    const changed = await gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: PASSWORD }, client);
    client = { cookie: changed.cookie ?? '' };
  }
  gateway.clock.advance(6 * DAY_MS);
  expect(await stateOf(client)).toBe('SIGNED_OUT');
});

test('only the hash of a token is in the database', async () => {
  const { cookie = '' } = await signIn(owner);
  const rows = await gateway.services.doors.withSystem('account', (tx) => tx.db.select().from(signInSessions));
  expect(JSON.stringify(rows)).not.toContain(cookie);
  expect(rows.some((row) => row.tokenHash === hashToken(cookie))).toBe(true);
  expect(await stateOf({ cookie: hashToken(cookie) })).toBe('SIGNED_OUT');
});

test('signing in ends the session whose cookie the browser carried, so that a planted one is worthless', async () => {
  const planted = await signIn(owner);
  const fresh = await signIn(owner, planted);
  expect(fresh.cookie).not.toBe(planted.cookie);
  expect(await stateOf(planted)).toBe('SIGNED_OUT');
  const made = newToken();
  expect((await signIn(owner, { cookie: made })).cookie).not.toBe(made);
});

test('signing out ends this session, takes the cookie away and leaves the others', async () => {
  const [one, other] = [await signIn(owner), await signIn(owner)];
  expect((await gateway.call.mutate('auth.signOut', undefined, one)).cookie).toBe('');
  expect(await stateOf(one)).toBe('SIGNED_OUT');
  expect(await stateOf(other)).toBe('signed in');
});

test('a revoked session is refused at its next request', async () => {
  const [mine, stolen] = [await signIn(owner), await signIn(owner)];
  const sessions = dataOf<{ id: string; current: boolean }[]>(await gateway.call.query('account.listSignInSessions', undefined, stolen));
  const signInSessionId = sessions.find(({ current }) => current)?.id;
  dataOf(await gateway.call.mutate('account.revokeSignInSession', { signInSessionId }, mine));
  expect(await stateOf(stolen)).toBe('SIGNED_OUT');
  expect(dataOf<{ id: string }[]>(await gateway.call.query('account.listSignInSessions', undefined, mine)).map(({ id }) => id)).not.toContain(signInSessionId);
});

test('the list shows where and when, and leaves out what has ended by itself', async () => {
  const person = { ...owner, client: await signIn(owner) };
  gateway.clock.advance(8 * DAY_MS);
  const fresh = await signIn(person);
  const listed = (await gateway.call.query('account.listSignInSessions', undefined, fresh)).data;
  expect(listed).toEqual([expect.objectContaining({ current: true, address: '127.0.0.1', userAgent: 'node', lastSeenAt: gateway.clock.now().toISOString() })]);
  expect(JSON.stringify(listed)).not.toMatch(/token/i);
});

test('a session that is revoked while its password is being changed is signed out, not broken', async () => {
  const [mine, other] = [await signIn(owner), await signIn(owner)];
  const answers = await Promise.all([
    gateway.call.mutate('account.revokeOtherSignInSessions', undefined, other),
    gateway.call.mutate('account.changePassword', { currentPassword: PASSWORD, newPassword: PASSWORD }, mine),
  ]);
  for (const { error } of answers) expect(['SIGNED_OUT', undefined]).toContain(error?.code);
});

test('scripts cannot read the cookie and other sites do not send it along', async () => {
  expect(await setCookieOf('http://waxos.test')).toMatch(/^waxos_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
});

test('behind https the cookie is Secure and bound to this very host', async () => {
  const secure = await openTestGateway({ PUBLIC_URL: 'https://inbox.waxos.test' });
  try {
    const body = JSON.stringify({ name: 'Owner', email: owner.email, password: PASSWORD, workspaceName: 'Quay', locale: 'en' });
    await fetch(`${secure.url}/trpc/setup.create`, { method: 'POST', headers: { origin: 'https://inbox.waxos.test', 'content-type': 'application/json' }, body });
    const line = await setCookieOf('https://inbox.waxos.test', secure);
    expect(line).toMatch(/^__Host-waxos_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    // The name without the prefix, which a sibling domain could set, is not looked at.
    const token = /=([\w-]{43});/.exec(line)?.[1] ?? '';
    const asked = async (name: string) => (await fetch(`${secure.url}/trpc/account.get`, { headers: { cookie: `${name}=${token}` } })).status;
    expect([await asked('waxos_session'), await asked('__Host-waxos_session')]).toEqual([401, 200]);
  } finally {
    await secure.close();
  }
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limitTable } from '../limits/limits.ts';
import { switchTotpOn } from '../testing/authenticator.ts';
import { PUBLIC_ORIGIN, type Answer } from '../testing/call.ts';
import { arriveOwner, dataOf, PASSWORD, type Person } from '../testing/people.ts';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';

/** Whether the gateway let the calls through: a letter each, o for let through (also with another refusal), x for too many. */
const mark = ({ error }: Answer): string => (error?.code === 'TOO_MANY_REQUESTS' ? 'x' : 'o');

const repeat = async (times: number, call: (number: number) => Promise<Answer>): Promise<string> => {
  let marks = '';
  for (let number = 0; number < times; number += 1) marks += mark(await call(number));
  return marks;
};

const onceMore = (max: number): string => `${'o'.repeat(max)}x`;

describe('at the ordinary scale', () => {
  let gateway: TestGateway;
  let owner: Person;
  beforeAll(async () => {
    gateway = await openTestGateway({ RATE_LIMIT_SCALE: '1', TRUST_PROXY: '127.0.0.1' });
    owner = await arriveOwner(gateway, 'Harbour');
  });
  afterAll(() => gateway.close());

  /** A public call that comes from elsewhere, as the proxy says. */
  const from = async (address: string, path: string, input: unknown): Promise<Answer> => {
    const headers = { origin: PUBLIC_ORIGIN, 'content-type': 'application/json', 'x-forwarded-for': address };
    const response = await fetch(`${gateway.url}/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(input) });
    const body = (await response.json()) as { error?: { data: { waxos: Answer['error'] } } };
    return { status: response.status, data: undefined, error: body.error?.data.waxos, cookie: undefined };
  };

  test('one account, one address: ten tries, then even the right password waits, and the answer says how long', async () => {
    const { max, windowMs } = limitTable.signIn;
    expect(await repeat(max + 1, () => from('203.0.113.1', 'auth.signIn', { email: owner.email, password: 'a guess' }))).toBe(onceMore(max));
    const refused = await from('203.0.113.1', 'auth.signIn', { email: owner.email.toUpperCase(), password: PASSWORD });
    expect(refused.status).toBe(429);
    expect(refused.error).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryable: true });
    expect(refused.error?.retryAfterMs).toBeGreaterThan(0);
    expect(refused.error?.retryAfterMs).toBeLessThanOrEqual(windowMs);
    expect((await from('203.0.113.2', 'auth.signIn', { email: owner.email, password: PASSWORD })).error).toBeUndefined();
  });

  test('another address of the same IPv6 network is no way around it', async () => {
    const { max } = limitTable.signIn;
    expect(await repeat(max + 1, (number) => from(`2001:db8:7:7::${number + 1}`, 'auth.signIn', { email: 'six@example.com', password: 'a guess' }))).toBe(onceMore(max));
  });

  test('one account from everywhere: a hundred tries', async () => {
    const { max } = limitTable.signInAnywhere;
    expect(await repeat(max + 1, (number) => from(`198.51.100.${number}`, 'auth.signIn', { email: 'spread@example.com', password: 'a guess' }))).toBe(onceMore(max));
  });

  test('a public procedure: thirty calls from one address, each procedure for itself', async () => {
    const { max } = limitTable.public;
    expect(await repeat(max + 1, () => from('203.0.113.3', 'setup.status', undefined))).toBe(onceMore(max));
    expect(mark(await from('203.0.113.3', 'invitations.preview', { token: 'x' }))).toBe('o');
  });

  test('calls in one batch count one by one', async () => {
    const batch = async (): Promise<number[]> => {
      const paths = Array.from({ length: 20 }, () => 'setup.status').join(',');
      const response = await fetch(`${gateway.url}/trpc/${paths}?batch=1&input=%7B%7D`, { headers: { 'x-forwarded-for': '203.0.113.4' } });
      return ((await response.json()) as { error?: unknown }[]).map(({ error }) => (error === undefined ? 1 : 0));
    };
    const through = [...(await batch()), ...(await batch())].reduce((sum: number, one) => sum + one, 0);
    expect(through).toBe(limitTable.public.max);
  });

  test('codes for one account: ten tries, from wherever', async () => {
    const { max } = limitTable.code;
    await switchTotpOn(gateway, owner);
    const signedIn = dataOf<{ challenge: string }>(await gateway.call.mutate('auth.signIn', { email: owner.email, password: PASSWORD }));
    // Switching it on spent two of them: the password and the first code.
    const marks = await repeat(max - 1, (number) => from(`192.0.2.${number}`, 'auth.signInTotp', { challenge: signedIn.challenge, code: `00000${number}` }));
    expect(marks).toBe(onceMore(max - 2));
  });

  test('mails to one address: twenty an hour, asked for from wherever', async () => {
    const { max } = limitTable.mail;
    expect(await repeat(max + 1, (number) => from(`192.0.2.${number}`, 'auth.requestPasswordReset', { email: 'flooded@example.com' }))).toBe(onceMore(max));
  });

  test('mails asked for from one address: twenty an hour, to whomever', async () => {
    const { max } = limitTable.mail;
    expect(await repeat(max + 1, (number) => from('203.0.113.20', 'auth.requestPasswordReset', { email: `asked${number}@example.com` }))).toBe(onceMore(max));
  });

  test('invitations: twenty an hour for one person, in however many workspaces', async () => {
    const { max } = limitTable.mail;
    const other = await openTestGateway({ RATE_LIMIT_SCALE: '1', SIGN_UP: 'open' });
    try {
      const spammer = await arriveOwner(other, 'One');
      const made = await other.call.mutate('workspaces.create', { name: 'Two' }, spammer.client);
      const cookie = made.cookie ?? '';
      const workspaces = [spammer.workspaceId, dataOf<{ workspaceId: string }>(made).workspaceId];
      const marks = await repeat(max + 1, (number) => other.call.mutate('invitations.create', { email: `victim${number}@example.com`, role: 'agent' }, { cookie, workspaceId: workspaces[number % 2] ?? '' }));
      expect(marks).toBe(onceMore(max));
    } finally {
      await other.close();
    }
  });
});

describe('at a tenth of it', () => {
  let gateway: TestGateway;
  let owner: Person;
  beforeAll(async () => {
    gateway = await openTestGateway({ RATE_LIMIT_SCALE: '0.1', TRUST_PROXY: '127.0.0.1' });
    owner = await arriveOwner(gateway, 'Harbour');
  });
  afterAll(() => gateway.close());

  const scaled = (max: number): number => Math.ceil(max * 0.1);

  /** Statuses of so many requests, each from another address where `spread` is set. */
  const statusesOf = async (times: number, path: string, { headers, spread }: { headers: Record<string, string>; spread: boolean }): Promise<number[]> => {
    const statuses: number[] = [];
    for (let number = 0; number < times; number += 1) {
      const address = spread ? `198.51.${Math.floor(number / 250)}.${number % 250}` : '203.0.113.9';
      statuses.push((await fetch(`${gateway.url}${path}`, { headers: { ...headers, 'x-forwarded-for': address } })).status);
    }
    return statuses;
  };

  test('an address has a number of requests of any kind, and is told in a header when to come again', async () => {
    const max = scaled(limitTable.address.max);
    const statuses = await statusesOf(max + 1, '/nowhere', { headers: {}, spread: false });
    expect(statuses.filter((status) => status === 404)).toHaveLength(max);
    const refused = await fetch(`${gateway.url}/nowhere`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${gateway.url}/nowhere`, { headers: { 'x-forwarded-for': '203.0.113.10' } })).status).toBe(404);
  });

  test('probes are answered also at an address that has spent its limit', async () => {
    const max = scaled(limitTable.address.max);
    for (const path of ['/healthz', '/readyz']) expect(new Set(await statusesOf(max + 1, path, { headers: {}, spread: false })), path).toEqual(new Set([200]));
  });

  test('a key has a number of calls from all addresses together, and so has a member', async () => {
    const { key } = dataOf<{ key: string }>(await gateway.call.mutate('apiKeys.create', { name: 'Busy', scopes: ['workspace.read'], expiresInDays: null }, owner.client));
    const keyMax = scaled(limitTable.key.max);
    const byKey = await statusesOf(keyMax + 1, '/trpc/workspaces.get', { headers: { authorization: `Bearer ${key}` }, spread: true });
    expect([byKey.filter((status) => status === 200).length, byKey.at(-1)]).toEqual([keyMax, 429]);
    const memberMax = scaled(limitTable.member.max);
    const headers = { cookie: `waxos_session=${owner.client.cookie ?? ''}`, 'waxos-workspace': owner.workspaceId };
    const byMember = await statusesOf(memberMax + 1, '/trpc/workspaces.get', { headers, spread: true });
    // Arriving took a few of them.
    expect(byMember.filter((status) => status === 200).length).toBeLessThanOrEqual(memberMax);
    expect(byMember.filter((status) => status === 200).length).toBeGreaterThan(memberMax - 5);
    expect(byMember.at(-1)).toBe(429);
  });
});

test('whom no proxy vouches for cannot name another address to count for', async () => {
  const gateway = await openTestGateway({ RATE_LIMIT_SCALE: '1' });
  try {
    const { max } = limitTable.public;
    const statuses: number[] = [];
    for (let number = 0; number <= max; number += 1) {
      const response = await fetch(`${gateway.url}/trpc/setup.status`, { headers: { 'x-forwarded-for': `198.51.100.${number}`, 'x-real-ip': `198.51.100.${number}`, forwarded: `for=198.51.100.${number}` } });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([...Array.from({ length: max }, () => 200), 429]);
  } finally {
    await gateway.close();
  }
});

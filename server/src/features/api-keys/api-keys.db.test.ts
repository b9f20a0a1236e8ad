import { PERMISSIONS, type Permission } from '@waxos/contract/permissions';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { newId } from '../../db/ids.ts';
import { arriveMember, arriveOwner, dataOf, type Person } from '../../testing/people.ts';
import { PUBLIC_ORIGIN, type Client } from '../../testing/call.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

const DAY_MS = 24 * 60 * 60_000;

let gateway: TestGateway;
let owner: Person;
let rival: Person;

beforeAll(async () => {
  gateway = await openTestGateway({ SIGN_UP: 'open' });
  owner = await arriveOwner(gateway, 'Harbour');
  rival = await arriveOwner(gateway, 'Lagoon');
});
afterAll(() => gateway.close());

interface Made {
  id: string;
  key: string;
}

const make = async (scopes: readonly Permission[], { expiresInDays = null, client = owner.client }: { expiresInDays?: number | null; client?: Client } = {}): Promise<Made> =>
  dataOf<Made>(await gateway.call.mutate('apiKeys.create', { name: 'A program', scopes, expiresInDays }, client));

const read = async (apiKey: string, workspaceId?: string): Promise<string> =>
  (await gateway.call.query('workspaces.get', undefined, { apiKey, ...(workspaceId === undefined ? {} : { workspaceId }) })).error?.code ?? 'read';

const rowOf = async (id: string): Promise<typeof apiKeys.$inferSelect | undefined> =>
  (await gateway.services.doors.withSystem('api-key', (tx) => tx.db.select().from(apiKeys).where(eq(apiKeys.id, id))))[0];

test('a key is shown once; its row holds a MAC of it that nobody can use', async () => {
  const { id, key } = await make(['workspace.read']);
  const row = await rowOf(id);
  const secret = key.slice(key.lastIndexOf('_') + 1);
  expect(key).toMatch(/^waxos_[\w-]{22}_[\w-]{43}$/);
  expect(JSON.stringify(row)).not.toContain(secret);
  expect(row?.keyMac).toBe(gateway.services.keyring.mac('api-key', key));
  expect(JSON.stringify((await gateway.call.query('apiKeys.list', undefined, owner.client)).data)).not.toContain(secret);
  const imitation = `${key.slice(0, -43)}${row?.keyMac ?? ''}`;
  expect(await read(imitation)).toBe('SIGNED_OUT');
});

test('a key with one letter changed, of another id, or of no known form is refused', async () => {
  const { key } = await make(['workspace.read']);
  const other = await make(['workspace.read']);
  const changed = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
  const mixed = `${other.key.slice(0, -43)}${key.slice(-43)}`;
  for (const wrong of [changed, mixed, key.toUpperCase(), `${key}x`, 'waxos', newId()]) expect(await read(wrong), wrong).toBe('SIGNED_OUT');
  expect(await read(key)).toBe('read');
});

test('a key ends on its day', async () => {
  const { key } = await make(['workspace.read'], { expiresInDays: 3 });
  gateway.clock.advance(3 * DAY_MS - 1);
  expect(await read(key)).toBe('read');
  gateway.clock.advance(1);
  expect(await read(key)).toBe('SIGNED_OUT');
});

test('a revoked key is refused at its next request and cannot be revoked twice', async () => {
  const { id, key } = await make(['workspace.read']);
  expect(await read(key)).toBe('read');
  expect((await gateway.call.mutate('apiKeys.revoke', { apiKeyId: id }, owner.client)).error).toBeUndefined();
  expect(await read(key)).toBe('SIGNED_OUT');
  expect((await gateway.call.mutate('apiKeys.revoke', { apiKeyId: id }, owner.client)).error?.code).toBe('NOT_FOUND');
});

test('when a key was last used is written down, at most once a minute', async () => {
  const { id, key } = await make(['workspace.read']);
  expect((await rowOf(id))?.lastUsedAt).toBeNull();
  await read(key);
  const first = gateway.clock.now();
  gateway.clock.advance(59_999);
  await read(key);
  expect((await rowOf(id))?.lastUsedAt).toEqual(first);
  gateway.clock.advance(1);
  await read(key);
  expect((await rowOf(id))?.lastUsedAt).toEqual(gateway.clock.now());
});

test('a wrong secret does not count as use', async () => {
  const { id, key } = await make(['workspace.read']);
  await read(`${key.slice(0, -43)}${'A'.repeat(43)}`);
  expect((await rowOf(id))?.lastUsedAt).toBeNull();
});

test("a key belongs to its workspace: the header may repeat it, and naming another one's is refused", async () => {
  const { key } = await make(['workspace.read']);
  expect(await read(key, owner.workspaceId)).toBe('read');
  expect(await read(key, rival.workspaceId)).toBe('NOT_FOUND');
  expect(await read(key, newId())).toBe('NOT_FOUND');
  expect(await read(key, 'no id')).toBe('NOT_FOUND');
});

test('nobody gives a key more than they may themselves, and a key makes no stronger key', async () => {
  const weak = await make(['api_keys.manage', 'workspace.read']);
  const beyond = await gateway.call.mutate('apiKeys.create', { name: 'Stronger', scopes: ['audit.read'], expiresInDays: null }, { apiKey: weak.key });
  expect(beyond.error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'scopes', problem: 'scope_beyond_role' }] });
  expect((await make(['workspace.read'], { client: { apiKey: weak.key } })).key).toMatch(/^waxos_/);
});

test('a key is no person: it has no account, no sessions, and cannot make workspaces', async () => {
  const { key } = await make(PERMISSIONS);
  for (const path of ['account.get', 'account.listSignInSessions']) expect((await gateway.call.query(path, undefined, { apiKey: key })).error?.code, path).toBe('SIGNED_OUT');
  expect((await gateway.call.mutate('workspaces.create', { name: 'Mine' }, { apiKey: key })).error?.code).toBe('SIGNED_OUT');
});

test('a program changes things without naming an origin; named, another origin is refused', async () => {
  const { key } = await make(['workspace.update']);
  const rename = (headers: Record<string, string>) =>
    fetch(`${gateway.url}/trpc/workspaces.update`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers }, body: '{"name":"By a program"}' });
  expect((await rename({})).status).toBe(200);
  expect((await rename({ origin: PUBLIC_ORIGIN })).status).toBe(200);
  expect((await rename({ origin: 'https://evil.example' })).status).toBe(403);
});

test('the keys of a member who left go on, and everybody sees who made them', async () => {
  const admin = await arriveMember(gateway, { ...owner, client: await signIn() }, 'admin');
  const { id, key } = await make(['workspace.read'], { client: admin.client });
  dataOf(await gateway.call.mutate('members.leave', undefined, admin.client));
  expect(await read(key)).toBe('read');
  expect((await rowOf(id))?.createdByName).toBe(admin.name);
});

const signIn = async (): Promise<Client> => ({ cookie: (await gateway.call.mutate('auth.signIn', { email: owner.email, password: owner.password })).cookie ?? '', workspaceId: owner.workspaceId });

test('a key cannot make one that outlives it', async () => {
  const { key } = await make(['api_keys.manage', 'workspace.read'], { expiresInDays: 2 });
  const makeBy = (expiresInDays: number | null) => gateway.call.mutate('apiKeys.create', { name: 'Heir', scopes: ['workspace.read'], expiresInDays }, { apiKey: key });
  for (const longer of [null, 3]) expect((await makeBy(longer)).error?.fields).toMatchObject([{ path: 'expiresInDays', problem: 'expiry_beyond_key' }]);
  expect((await makeBy(1)).error).toBeUndefined();
});

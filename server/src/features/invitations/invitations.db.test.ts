import { waitFor } from '@waxos/process/poll';
import { PERMISSIONS, rolePermissions, type Permission, type Role } from '@waxos/contract/permissions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Client } from '../../testing/call.ts';
import { newAddress } from '../../testing/answers/newcomer.ts';
import { arriveMember, arriveOwner, dataOf, PASSWORD, tokenIn, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

const DAY_MS = 24 * 60 * 60_000;
const someone = { name: 'Somebody', password: PASSWORD, locale: 'en' };

let gateway: TestGateway;
let owner: Person;
let admin: Person;

beforeAll(async () => {
  gateway = await openTestGateway({ SIGN_UP: 'open' });
  owner = await arriveOwner(gateway, 'Harbour');
  admin = await arriveMember(gateway, owner, 'admin');
});
afterAll(() => gateway.close());

const invite = (email: string, role: Role = 'agent', client: Client = owner.client): Promise<Answer> => gateway.call.mutate('invitations.create', { email, role }, client);

const lettersTo = (email: string): string[] => gateway.postBox.letters.filter((letter) => letter.to === email).map(({ text }) => tokenIn(text));

const linkOf = (email: string, number = 1): Promise<string> => waitFor(() => lettersTo(email)[number - 1], { timeoutMs: 10_000, what: `letter ${number} to ${email}` });

const accept = (token: string, client: Client = {}): Promise<Answer> => gateway.call.mutate('invitations.accept', { token, ...(client.cookie === undefined ? { person: someone } : {}) }, client);

const keyWith = async (scopes: readonly Permission[]): Promise<Client> => ({
  apiKey: dataOf<{ key: string }>(await gateway.call.mutate('apiKeys.create', { name: 'A program', scopes, expiresInDays: null }, owner.client)).key,
});

test('a link works once, and of two at the same time one works', async () => {
  const email = newAddress();
  await invite(email);
  const token = await linkOf(email);
  const answers = await Promise.all([accept(token), accept(token)]);
  expect(answers.filter(({ error }) => error === undefined)).toHaveLength(1);
  expect((await accept(token)).error?.code).toBe('LINK_EXPIRED');
});

test('a mail sent again carries another link, and the old one is dead', async () => {
  const email = newAddress();
  const { id } = dataOf<{ id: string }>(await invite(email));
  const first = await linkOf(email);
  dataOf(await gateway.call.mutate('invitations.resend', { invitationId: id }, owner.client));
  const second = await linkOf(email, 2);
  expect((await accept(first)).error?.code).toBe('LINK_EXPIRED');
  expect((await accept(second)).error).toBeUndefined();
});

test('a revoked invitation opens nothing, is not sent again, and makes room for another', async () => {
  const email = newAddress();
  const { id } = dataOf<{ id: string }>(await invite(email));
  const token = await linkOf(email);
  expect((await invite(email)).error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'email', problem: 'already_invited' }] });
  dataOf(await gateway.call.mutate('invitations.revoke', { invitationId: id }, owner.client));
  expect((await accept(token)).error?.code).toBe('LINK_EXPIRED');
  expect((await gateway.call.mutate('invitations.resend', { invitationId: id }, owner.client)).error?.code).toBe('NOT_FOUND');
  expect((await invite(email)).error).toBeUndefined();
});

test('an invitation ends after seven days; sending it again gives seven more, inviting anew replaces it', async () => {
  const [one, other] = [newAddress(), newAddress()];
  const { id } = dataOf<{ id: string }>(await invite(one));
  await invite(other);
  const [expired] = [await linkOf(one), await linkOf(other)];
  gateway.clock.advance(7 * DAY_MS);
  owner.client = await signIn(owner);
  admin.client = await signIn(admin);
  expect((await accept(expired)).error?.code).toBe('LINK_EXPIRED');
  dataOf(await gateway.call.mutate('invitations.resend', { invitationId: id }, owner.client));
  expect((await accept(await linkOf(one, 2))).error).toBeUndefined();
  dataOf(await invite(other));
  expect((await accept(await linkOf(other, 2))).error).toBeUndefined();
});

const signIn = async ({ email, workspaceId }: Person): Promise<Client> => ({ cookie: (await gateway.call.mutate('auth.signIn', { email, password: PASSWORD })).cookie ?? '', workspaceId });

test('a link that was made up is refused, also for the next version of a real one', async () => {
  const email = newAddress();
  const { id } = dataOf<{ id: string }>(await invite(email));
  const token = await linkOf(email);
  const mac = token.split('.').at(-1) ?? '';
  for (const forged of [`${id}.2.${mac}`, `${id}.${mac}`, `${id}.1.`, `${id}.1.${mac}x`, 'x.1.y']) expect((await accept(forged)).error?.code, forged).toBe('LINK_EXPIRED');
});

test('somebody with an account joins only signed in as that account, and keeps their name and password', async () => {
  const guest = await arriveOwner(gateway, 'Lagoon');
  await invite(guest.email, 'viewer');
  const token = await linkOf(guest.email);
  expect((await gateway.call.query('invitations.preview', { token })).data).toMatchObject({ accountExists: true });
  expect((await accept(token)).error?.code).toBe('CONFLICT');
  expect((await gateway.call.mutate('invitations.accept', { token })).error?.code).toBe('SIGNED_OUT');
  expect((await accept(token, admin.client)).error?.code).toBe('FORBIDDEN');
  const joined = await accept(token, guest.client);
  expect(joined.cookie, 'more rights, another token').not.toBe(guest.client.cookie);
  expect((await gateway.call.query('account.get', undefined, { cookie: joined.cookie ?? '' })).data).toMatchObject({ name: guest.name, workspaces: [{ role: 'viewer' }, { role: 'owner' }] });
  expect((await gateway.call.mutate('auth.signIn', { email: guest.email, password: guest.password })).data).toEqual({ next: 'done' });
});

test('who is a member already is not invited again', async () => {
  expect((await invite(admin.email.toUpperCase())).error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'email', problem: 'email_taken' }] });
});

test('an admin invites everybody but owners, and leaves the invitation of an owner alone', async () => {
  expect((await invite(newAddress(), 'admin', admin.client)).error).toBeUndefined();
  expect((await invite(newAddress(), 'owner', admin.client)).error?.code).toBe('FORBIDDEN');
  const { id } = dataOf<{ id: string }>(await invite(newAddress(), 'owner'));
  for (const act of ['resend', 'revoke']) expect((await gateway.call.mutate(`invitations.${act}`, { invitationId: id }, admin.client)).error?.code, act).toBe('FORBIDDEN');
});

test('a program invites nobody who may do more than itself, and never an owner', async () => {
  const small = await keyWith(['members.invite', ...rolePermissions.agent]);
  const large = await keyWith(PERMISSIONS);
  expect((await invite(newAddress(), 'agent', small)).error).toBeUndefined();
  expect((await invite(newAddress(), 'admin', small)).error?.code).toBe('FORBIDDEN');
  expect((await invite(newAddress(), 'admin', large)).error).toBeUndefined();
  expect((await invite(newAddress(), 'owner', large)).error?.code).toBe('FORBIDDEN');
});

test('of two invitations to one address at the same time, one is made', async () => {
  const email = newAddress();
  const answers = await Promise.all([invite(email), invite(email, 'viewer'), invite(email)]);
  expect(answers.map(({ error }) => error?.code ?? 'made').toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'made']);
});

test('no column of the row opens the link', async () => {
  const email = newAddress();
  await invite(email);
  const secret = (await linkOf(email)).split('.').at(-1) ?? '';
  const listed = JSON.stringify((await gateway.call.query('invitations.list', undefined, owner.client)).data);
  expect(listed).toContain(email);
  expect(listed).not.toContain(secret);
});

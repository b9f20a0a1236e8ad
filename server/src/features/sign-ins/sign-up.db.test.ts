import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts } from '../../db/schema/accounts.ts';
import { workspaces } from '../../db/schema/workspaces.ts';
import { arriveMember, arriveOwner, PASSWORD } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';
import { hashRows } from '../../testing/walk/row-hashes.ts';

const newcomer = (email: string) => ({ name: 'A newcomer', email, password: PASSWORD, workspaceName: 'Quay', locale: 'pt-BR' });

const countRows = ({ services }: TestGateway) =>
  services.doors.withSystem('setup', async ({ db }) => ({ accounts: await db.$count(accounts), workspaces: await db.$count(workspaces) }));

describe('where nobody has been yet', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openTestGateway();
  });
  afterAll(() => gateway.close());

  test('of five first visits at the same time, one makes the owner and the others are told so', async () => {
    expect((await gateway.call.query('setup.status', undefined)).data).toMatchObject({ needsSetup: true });
    const answers = await Promise.all([1, 2, 3, 4, 5].map((number) => gateway.call.mutate('setup.create', newcomer(`first${number}@example.com`))));
    expect(answers.map(({ error }) => error?.code ?? 'made').toSorted()).toEqual(['ALREADY_SET_UP', 'ALREADY_SET_UP', 'ALREADY_SET_UP', 'ALREADY_SET_UP', 'made']);
    expect(answers.filter(({ cookie }) => cookie !== undefined)).toHaveLength(1);
    expect(await countRows(gateway)).toEqual({ accounts: 1, workspaces: 1 });
    expect((await gateway.call.query('setup.status', undefined)).data).toMatchObject({ needsSetup: false });
  });
});

describe('where sign-up is closed', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openTestGateway();
  });
  afterAll(() => gateway.close());

  test('a stranger cannot sign up, an invited member cannot open a workspace, an owner can', async () => {
    const owner = await arriveOwner(gateway, 'Harbour');
    const agent = await arriveMember(gateway, owner, 'admin');
    const before = await hashRows(gateway);
    expect((await gateway.call.mutate('auth.signUp', newcomer('stranger@example.com'))).error?.code).toBe('SIGN_UP_CLOSED');
    expect((await gateway.call.mutate('workspaces.create', { name: 'Mine' }, agent.client)).error?.code).toBe('FORBIDDEN');
    expect(await hashRows(gateway)).toEqual(before);
    expect((await gateway.call.mutate('workspaces.create', { name: 'Second' }, owner.client)).error).toBeUndefined();
  });
});

describe('where sign-up is open', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openTestGateway({ SIGN_UP: 'open' });
    await arriveOwner(gateway, 'Harbour');
  });
  afterAll(() => gateway.close());

  test('anybody gets a workspace of their own and is its owner, in their language', async () => {
    const { cookie = '' } = await gateway.call.mutate('auth.signUp', newcomer('open@example.com'));
    expect((await gateway.call.query('account.get', undefined, { cookie })).data).toMatchObject({ locale: 'pt-BR', mayCreateWorkspaces: true, workspaces: [{ name: 'Quay', role: 'owner' }] });
  });

  test('of several sign-ups with one address at the same time, one makes the account; in any spelling of capitals', async () => {
    const answers = await Promise.all(['same@example.com', 'SAME@example.com', 'Same@Example.com'].map((email) => gateway.call.mutate('auth.signUp', newcomer(email))));
    expect(answers.map(({ error }) => error?.code ?? 'made').toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'made']);
  });

  test('an address of letters that only look like others is refused or is that very account', async () => {
    await gateway.call.mutate('auth.signUp', newcomer('kate@example.com'));
    // U+212A, the Kelvin sign, becomes an ordinary k in lower case; the others become nothing that is an address.
    expect((await gateway.call.mutate('auth.signUp', newcomer('\u212Aate@example.com'))).error?.code).toBe('CONFLICT');
    for (const email of ['k\u0430te@example.com', 'kate@ex\u0430mple.com', '\uFF4Bate@example.com', 'kate\u200B@example.com', 'kate@example.com\u0000', 'kate@example.com\r\nBcc: all@example.com', 'kate@example.com,other@example.com']) {
      expect((await gateway.call.mutate('auth.signUp', newcomer(email))).error, JSON.stringify(email)).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'email' }] });
    }
  });
});

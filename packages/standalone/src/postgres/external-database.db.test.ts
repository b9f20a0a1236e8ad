import { asRole } from '@waxos/server/db/roles';
import { afterAll, expect, inject, test } from 'vitest';
import { openTestDatabase } from '../testing/database.ts';
import { useExternalDatabase } from './external-database.ts';

const database = await openTestDatabase();
afterAll(() => database.close());

const given = { appUrl: database.appUrl, systemUrl: database.systemUrl, passwords: { appPassword: 'made-up', systemPassword: 'made-up' } };

test('a server of the operator with roles of their own is used as it is', async () => {
  expect(await useExternalDatabase({ ownerUrl: database.ownerUrl, ...given })).toEqual({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, systemUrl: database.systemUrl });
});

test('each way in which DATABASE_URL can be wrong is one sentence that names it and never the password', async () => {
  const wrong = {
    'does not accept that password': asRole(database.ownerUrl, 'waxos_owner', 'hunter2'),
    'nothing listens': 'postgres://waxos_owner:hunter2@127.0.0.1:1/waxos',
    'there is no host': 'postgres://waxos_owner:hunter2@database.invalid/waxos',
    'names a database that is not there': database.ownerUrl.replace(/\/[^/]*$/, '/nowhere'),
  };
  for (const [sentence, ownerUrl] of Object.entries(wrong)) {
    const refused: unknown = await useExternalDatabase({ ownerUrl, ...given }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'BadStart', message: expect.stringMatching(new RegExp(`^DATABASE_URL [^\\n]*${sentence}[^\\n]*\\.$`)) });
    expect(String(refused)).not.toContain('hunter2');
    expect(String(refused)).not.toContain(new URL(ownerUrl).password);
  }
});

test('a login that row-level security would not bind is refused by the name of its variable', async () => {
  const { ownerUrl, superuserUrl, appUrl, systemUrl, passwords } = { ...database, ...given };
  await expect(useExternalDatabase({ ownerUrl, appUrl: superuserUrl, systemUrl, passwords })).rejects.toThrow(/^DATABASE_APP_URL signs in as postgres, a superuser, [^\n]*\.$/);
  await expect(useExternalDatabase({ ownerUrl, appUrl, systemUrl: ownerUrl, passwords })).rejects.toThrow(/^DATABASE_SYSTEM_URL signs in as waxos_owner, who owns the table \w+: [^\n]*\.$/);
});

test('roles that are there are used with the password that was kept, and never given another', async () => {
  const { ownerUrl, appUrl, systemUrl } = database;
  const own = { ownerUrl, appUrl: undefined, systemUrl: undefined };
  const { passwords } = inject('testCluster');
  expect(await useExternalDatabase({ ...own, passwords })).toEqual({ ownerUrl, appUrl, systemUrl });
  await expect(useExternalDatabase({ ...own, passwords: given.passwords })).rejects.toThrow(/^This PostgreSQL has a role waxos_app already, [^\n]* set DATABASE_APP_URL and DATABASE_SYSTEM_URL\.$/);
  expect(await useExternalDatabase({ ...own, passwords }), 'the first installation goes on').toEqual({ ownerUrl, appUrl, systemUrl });
});

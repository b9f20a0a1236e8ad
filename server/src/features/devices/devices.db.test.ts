import { DEVICES_PER_WORKSPACE_MAX } from '@waxos/contract/devices';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devices } from '../../db/schema/devices.ts';
import { newId } from '../../db/ids.ts';
import type { Answer } from '../../testing/call.ts';
import { arriveMember, arriveOwner, dataOf, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let gateway: TestGateway;
let owner: Person;
let admin: Person;
let rival: Person;

beforeAll(async () => {
  gateway = await openTestGateway({ SIGN_UP: 'open' });
  owner = await arriveOwner(gateway, 'Harbour');
  rival = await arriveOwner(gateway, 'Lagoon');
  admin = await arriveMember(gateway, owner, 'admin');
});
afterAll(() => gateway.close());

interface Device {
  id: string;
  name: string;
  kind: string;
  riskAcknowledgedAt: string | null;
}

const ask = (procedure: 'add' | 'rename' | 'remove', input: unknown, { client }: Person = owner): Promise<Answer> => gateway.call.mutate(`devices.${procedure}`, input, client);

const add = async (name: string, by: Person = owner): Promise<Device> => dataOf<Device>(await ask('add', { name, kind: 'sandbox' }, by));

const namesOf = async ({ client }: Person = owner): Promise<string[]> => dataOf<{ devices: Device[] }>(await gateway.call.query('devices.list', undefined, client)).devices.map(({ name }) => name);

/** How many events and audit entries there are, as any deed leaves one of each. */
const traces = async (): Promise<{ cursor: number; entry: string | undefined }> => {
  const { cursor } = dataOf<{ cursor: number }>(await gateway.call.query('events.list', {}, owner.client));
  const { entries } = dataOf<{ entries: { id: string }[] }>(await gateway.call.query('audit.list', { limit: 1 }, owner.client));
  return { cursor, entry: entries[0]?.id };
};

describe('a WhatsApp number', () => {
  test.each([[undefined], [false]])('is not added by whoever has not accepted the risk: %s', async (riskAcknowledged) => {
    const before = await traces();
    const refused = await ask('add', { name: 'Sales', kind: 'whatsapp', riskAcknowledged });
    expect(refused.error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'riskAcknowledged', problem: 'risk_unacknowledged' }] });
    expect(await namesOf()).not.toContain('Sales');
    expect(await traces()).toEqual(before);
  });

  test('keeps who accepted the risk and when, also where the log can be read', async () => {
    const made = dataOf<Device>(await ask('add', { name: 'Sales', kind: 'whatsapp', riskAcknowledged: true }, admin));
    expect(made).toMatchObject({ kind: 'whatsapp', createdByName: admin.name, riskAcknowledgedAt: gateway.clock.now().toISOString() });
    const log = await gateway.call.query('audit.list', { action: 'device.added', limit: 1 }, owner.client);
    expect(log.data).toMatchObject({ entries: [{ actorName: admin.name, subject: 'Sales', details: { deviceKind: 'whatsapp' } }] });
  });

  test('is told apart from a pretend one, which nobody has to accept a risk for', async () => {
    expect(await add('Rehearsal')).toMatchObject({ kind: 'sandbox', riskAcknowledgedAt: null });
    expect(dataOf<Device>(await ask('add', { name: 'Careful', kind: 'sandbox', riskAcknowledged: true }))).toMatchObject({ kind: 'sandbox', riskAcknowledgedAt: null });
  });
});

describe('PostgreSQL itself', () => {
  const asOwnerOfTables = async (statement: string): Promise<unknown> => {
    const superuser = postgres(gateway.database.superuserUrl, { max: 1 });
    try {
      return await superuser.unsafe(statement).catch((error: unknown) => error);
    } finally {
      await superuser.end();
    }
  };

  test.each(["set kind = 'whatsapp', risk_acknowledged_at = now()", 'set risk_acknowledged_at = null', 'set id = id', 'set workspace_id = workspace_id', 'set created_by_name = $$Somebody$$'])(
    'lets neither of our roles change what a device is: update devices %s',
    async (change) => {
      const rewriting = gateway.services.doors.withSystem('sweep', (tx) => tx.db.execute(sql.raw(`update devices ${change}`)));
      await expect(rewriting).rejects.toMatchObject({ cause: { message: 'permission denied for table devices' } });
      expect(await asOwnerOfTables(`set role waxos_app; update devices ${change}`)).toMatchObject({ message: 'permission denied for table devices' });
    },
  );

  test('lets neither of our roles delete one, to make it again as another kind', async () => {
    const deleting = gateway.services.doors.withSystem('sweep', (tx) => tx.db.execute(sql`delete from devices`));
    await expect(deleting).rejects.toMatchObject({ cause: { message: 'permission denied for table devices' } });
    expect(await asOwnerOfTables('set role waxos_app; delete from devices')).toMatchObject({ message: 'permission denied for table devices' });
  });

  test('lets not even a superuser change the kind of one', async () => {
    const { id } = await add('Fixed');
    expect(await asOwnerOfTables(`update devices set kind = 'whatsapp', risk_acknowledged_at = now() where id = '${id}'`)).toMatchObject({ message: 'the kind of a device cannot change' });
    expect(await asOwnerOfTables(`update devices set kind = 'sandbox' where id = '${id}'`)).not.toBeInstanceOf(Error);
  });

  test.each([
    ['a WhatsApp number without the risk accepted', { kind: 'whatsapp' as const }, 'devices_risk_acknowledged'],
    ['a kind that there is not', { kind: 'telegram' as 'sandbox' }, 'devices_kind_known'],
    ['a state that there is not', { state: 'sleeping' as 'ready' }, 'devices_state_known'],
    ['a failure without a reason', { state: 'failed' as const, stateReason: null }, 'devices_state_reason_given'],
    ['a standstill without a reason', { stateReason: null }, 'devices_state_reason_given'],
    ['a number that nobody could dial', { phoneNumber: '0170' }, 'devices_phone_number_form'],
    ['a second of the same name', { name: 'FIXED' }, 'devices_name_key'],
  ])('refuses %s', async (_what, wrong, constraint) => {
    const row = { workspaceId: owner.workspaceId, id: newId(), kind: 'sandbox' as const, name: newId(), state: 'stopped' as const, stateReason: 'no_node' as const, createdByName: 'Nobody', createdAt: new Date() };
    const writing = gateway.services.doors.withSystem('sweep', (tx) => tx.db.insert(devices).values({ ...row, ...wrong }));
    await expect(writing).rejects.toMatchObject({ cause: { constraint_name: constraint } });
  });
});

describe('a name', () => {
  test('is given once in a workspace, however it is capitalised, and as often as there are workspaces', async () => {
    await add('Front desk');
    expect((await ask('add', { name: 'FRONT DESK', kind: 'sandbox' })).error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'name', problem: 'device_name_taken' }] });
    const other = await add('Back office');
    expect((await ask('rename', { deviceId: other.id, name: 'front desk' })).error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'name', problem: 'device_name_taken' }] });
    expect((await add('Front desk', rival)).name).toBe('Front desk');
  });

  test('goes to one of two who want it at the same time', async () => {
    const answers = await Promise.all([owner, admin, owner, admin].map((by) => ask('add', { name: 'Contested', kind: 'sandbox' }, by)));
    expect(answers.map(({ error }) => error?.code ?? 'added').toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'added']);
  });

  test('can change in its capitals alone, and its log entry says what it was', async () => {
    const { id } = await add('night shift');
    expect(dataOf<Device>(await ask('rename', { deviceId: id, name: 'Night shift' }))).toMatchObject({ id, name: 'Night shift', kind: 'sandbox' });
    const log = await gateway.call.query('audit.list', { action: 'device.renamed', limit: 1 }, owner.client);
    expect(log.data).toMatchObject({ entries: [{ subject: 'night shift', details: { deviceName: 'night shift → Night shift', deviceKind: 'sandbox' } }] });
  });

  test('that stays as it is changes nothing and says nothing', async () => {
    const { id } = await add('Unchanged');
    const before = await traces();
    expect(dataOf<Device>(await ask('rename', { deviceId: id, name: ' Unchanged ' })).name).toBe('Unchanged');
    expect(await traces()).toEqual(before);
  });
});

describe('a removed device', () => {
  test('needs its name said, so that nobody removes another than they mean', async () => {
    const { id } = await add('Café');
    const before = await traces();
    expect((await ask('remove', { deviceId: id, name: 'Cafe' })).error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'name', problem: 'device_name_differs' }] });
    expect(await traces()).toEqual(before);
    expect((await ask('remove', { deviceId: id, name: 'Café'.normalize('NFD') })).error).toBeUndefined();
    expect(await namesOf()).not.toContain('Café');
  });

  test('is gone for everybody and frees its name, while its row stays', async () => {
    const { id } = await add('Short-lived');
    dataOf(await ask('remove', { deviceId: id, name: 'Short-lived' }));
    expect((await ask('remove', { deviceId: id, name: 'Short-lived' })).error?.code).toBe('NOT_FOUND');
    expect((await ask('rename', { deviceId: id, name: 'Risen' })).error?.code).toBe('NOT_FOUND');
    expect((await add('Short-lived')).id).not.toBe(id);
    const [row] = await gateway.services.doors.withSystem('sweep', (tx) => tx.db.execute(sql`select removed_at from devices where id = ${id}`));
    expect(row?.['removed_at']).not.toBeNull();
  });
});

describe('a full workspace', () => {
  const fill = async ({ workspaceId }: Person, upTo: number): Promise<void> => {
    await gateway.services.doors.withSystem('sweep', (tx) =>
      tx.db.execute(sql`
        insert into devices (workspace_id, id, kind, name, state, state_reason, created_by_name, created_at)
        select ${workspaceId}::uuid, gen_random_uuid(), 'sandbox', 'Filler ' || n, 'stopped', 'no_node', 'Filler', now()
        from generate_series((select count(*) + 1 from devices where workspace_id = ${workspaceId}::uuid and removed_at is null), ${upTo}::int) as n`),
    );
  };

  test('refuses another device until one is removed, also to several who take the last place at once', async () => {
    const full = await arriveOwner(gateway, 'Full');
    await fill(full, DEVICES_PER_WORKSPACE_MAX - 1);
    const answers = await Promise.all(['One', 'Two', 'Three'].map((name) => ask('add', { name, kind: 'sandbox' }, full)));
    expect(answers.map(({ error }) => error?.code ?? 'added').toSorted()).toEqual(['TOO_MANY_DEVICES', 'TOO_MANY_DEVICES', 'added']);
    expect(await namesOf(full)).toHaveLength(DEVICES_PER_WORKSPACE_MAX);
    const device = dataOf<Device>(answers.find(({ error }) => error === undefined) ?? (await ask('add', {}, full)));
    dataOf(await ask('remove', { deviceId: device.id, name: device.name }, full));
    expect((await add('Four', full)).name).toBe('Four');
    expect((await add('Elsewhere')).name).toBe('Elsewhere');
  });
});

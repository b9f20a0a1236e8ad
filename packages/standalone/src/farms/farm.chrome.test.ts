import { randomBytes } from 'node:crypto';
import { picture } from '@waxos/sandbox/conformance/testing/samples';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import type { SystemActor } from '@waxos/server/db/actor';
import { newId } from '@waxos/server/db/ids';
import { outgoingMediaUrl } from '@waxos/server/farm/media/find-outgoing';
import { issueNodeToken } from '@waxos/server/farm/nodes/issue-node-token';
import { arriveOwner, type Person } from '@waxos/server/testing/people';
import { openTestGateway, type TestGateway } from '@waxos/server/testing/test-gateway';
import { makeTestNode, type TestNode } from '@waxos/session-node/testing/test-node';
import { waitFor } from '@waxos/process/poll';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

const photo = picture([20, 60, 200]);

/** A gateway, a node and a browser as they are installed, between rows and the phones of the pretend network. */
inOneChromium((chromium) => {
  let world: World;
  let gateway: TestGateway;
  let maker: TestNode;
  let owner: Person;

  beforeAll(async () => {
    world = await openWorld();
    gateway = await openTestGateway();
    owner = await arriveOwner(gateway, 'Harbour');
    const { token } = await gateway.services.doors.withSystem('nodes', (tx) => issueNodeToken(tx, { name: 'test', labels: ['kind:sandbox'] }));
    maker = await makeTestNode({ world, gateway: { url: gateway.url, token }, chromium });
  });
  afterAll(async () => {
    await maker.close();
    await gateway.close();
    await world.close();
  });

  const rows = (query: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> => gateway.services.doors.withSystem('nodes', async (tx) => [...(await tx.db.execute(query))]);
  const untilRow = (what: string, query: ReturnType<typeof sql>): Promise<Record<string, unknown>> => waitFor(async () => (await rows(query))[0], { timeoutMs: 30_000, intervalMs: 100, what });
  const actor = (): SystemActor => ({ kind: 'system', workspaceId: owner.workspaceId, name: 'Waxos', permissions: [], address: '' });
  const addDevice = async (): Promise<string> => {
    const device = newId();
    await rows(sql`
      insert into devices (workspace_id, id, kind, name, state, state_reason, created_by_name, created_at, wanted, paced, history_days)
      values (${owner.workspaceId}::uuid, ${device}::uuid, 'sandbox', ${device}, 'stopped', 'no_node', 'Nobody', now(), 'running', false, 0)`);
    return device;
  };
  const order = async (deviceId: string, content: (commandId: string) => object, chat: unknown): Promise<void> => {
    const id = newId();
    const messageId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    await gateway.services.doors.withTenant(actor(), async (tx) => tx.order({ id, deviceId, command: { type: 'message.send', chat, messageId, content: content(id) } as never }));
  };

  test('a device that is wanted shows its QR, is linked, and messages and media cross both ways, into rows and out of them', async () => {
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const node = await maker.start();
    const device = await addDevice();
    const { value: qr } = await untilRow('a QR', sql`select value from device_codes where device_id = ${device}::uuid and kind = 'qr'`);
    shop.act('device.scan', { qr: String(qr) });
    await untilRow('the device to be ready', sql`select 1 from devices where id = ${device}::uuid and state = 'ready' and phone_number = ${`+${shop.number}`}`);

    customer.send(shop.address, { kind: 'image', media: await world.upload(photo) });
    const stored = await untilRow('the picture', sql`select s.mimetype, s.bytes::int, m.hash from message_media m join stored_objects s on s.workspace_id = m.workspace_id and s.hash = m.hash where m.state = 'stored'`);
    expect(stored).toMatchObject({ mimetype: photo.mimetype, bytes: photo.bytes.length });

    const chat = { kind: 'person', person: { phone: customer.number } };
    await order(device, () => ({ kind: 'text', text: 'it is lovely' }), chat);
    await customer.untilText(shop.address, 'it is lovely');
    await order(device, (id) => ({ kind: 'media', as: 'image', media: { url: outgoingMediaUrl(id, String(stored['hash'])), mimetype: photo.mimetype, bytes: photo.bytes.length } }), chat);
    await customer.until(shop.address, ({ content, key }) => content.kind === 'image' && key.fromMe !== true, 'the picture');

    await rows(sql`update devices set wanted = 'stopped' where id = ${device}::uuid`);
    await untilRow('the lease to be given back', sql`select 1 from device_leases where device_id = ${device}::uuid and released_at is not null and epoch = 1`);
    expect(await rows(sql`select state, state_reason from devices where id = ${device}::uuid`)).toEqual([{ state: 'stopped', state_reason: 'asked' }]);
    await node.close();
  });
});

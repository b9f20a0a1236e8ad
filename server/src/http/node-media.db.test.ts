import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { openMedia, type Media } from '@waxos/session-node/link/open-media';
import type { MessageKey } from '@waxos/contract/node-link/identities';
import type { Upload } from '@waxos/contract/node-link/uploads';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../db/ids.ts';
import { outgoingMediaUrl } from '../farm/media/find-outgoing.ts';
import { addNode, type AddedNode } from '../farm/nodes/add-node.ts';
import { arriveOwner, type Person } from '../testing/people.ts';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

let gateway: TestGateway;
let owner: Person;
let rival: Person;
let node: AddedNode;
let media: Media;

beforeAll(async () => {
  gateway = await openTestGateway({ SIGN_UP: 'open', MEDIA_MB_MAX: '1' });
  owner = await arriveOwner(gateway, 'Harbour');
  rival = await arriveOwner(gateway, 'Lagoon');
});
afterAll(() => gateway.close());
beforeEach(async () => {
  node = await addOneNode();
  media = openMedia({ gatewayUrl: gateway.url, token: node.token });
});
afterEach(() => media.close());

const rows = (query: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> => gateway.services.doors.withSystem('nodes', async (tx) => [...(await tx.db.execute(query))]);
const addOneNode = (): Promise<AddedNode> => gateway.services.doors.withSystem('nodes', (tx) => addNode(tx, { name: `node-${newId()}` }));

const addDevice = async ({ workspaceId }: Person = owner, by: AddedNode = node): Promise<string> => {
  const device = newId();
  await rows(sql`
    insert into devices (workspace_id, id, kind, name, state, state_reason, created_by_name, created_at)
    values (${workspaceId}::uuid, ${device}::uuid, 'sandbox', ${device}, 'stopped', 'no_node', 'Nobody', now())`);
  await rows(sql`
    insert into device_leases (workspace_id, device_id, node_id, epoch, granted_at, expires_at)
    values (${workspaceId}::uuid, ${device}::uuid, ${by.id}::uuid, 3, now(), now() + interval '1 minute')`);
  return device;
};

let last = 0;

/** A message with a file that is wanted, as ingest would have left it. */
const addMessage = async (device: string, { workspaceId }: Person = owner): Promise<{ id: string; key: MessageKey }> => {
  last += 1;
  const [contact, identity, conversation, message, phone] = [newId(), newId(), newId(), newId(), `49155100${String(last).padStart(5, '0')}`];
  await rows(sql`insert into contacts (workspace_id, id, kind, created_at) values (${workspaceId}::uuid, ${contact}::uuid, 'person', now())`);
  await rows(sql`insert into identities (workspace_id, id, contact_id, kind, phone, lid, created_at) values (${workspaceId}::uuid, ${identity}::uuid, ${contact}::uuid, 'person', ${phone}, ${`9${phone}`}, now())`);
  await rows(sql`insert into conversations (workspace_id, id, device_id, identity_id, contact_id, created_at) values (${workspaceId}::uuid, ${conversation}::uuid, ${device}::uuid, ${identity}::uuid, ${contact}::uuid, now())`);
  await rows(sql`
    insert into messages (workspace_id, id, conversation_id, first_conversation_id, from_me, stanza_id, at, kind, content, ack, source, created_at)
    values (${workspaceId}::uuid, ${message}::uuid, ${conversation}::uuid, ${conversation}::uuid, false, ${`STANZA${last}`}, 1, 'image', '{}', 1, 'live', now())`);
  await rows(sql`insert into message_media (workspace_id, message_id, state, due_at) values (${workspaceId}::uuid, ${message}::uuid, 'wanted', now())`);
  return { id: message, key: { chat: { kind: 'person', person: { phone } }, fromMe: false, id: `STANZA${last}` } };
};

interface Uploading {
  of: Upload;
  bytes?: Buffer;
  epoch?: number;
  mimetype?: string;
  by?: Media;
}

const upload = (device: string, { of, bytes = PNG, epoch = 3, mimetype = 'application/x-said', by = media }: Uploading) => by.upload({ device, epoch, of, mimetype, bytes: Readable.from([bytes], { objectMode: false }) });
const mediaOf = async (message: string): Promise<Record<string, unknown> | undefined> =>
  (await rows(sql`select m.state, m.hash, s.mimetype, s.bytes::int from message_media m left join stored_objects s on s.workspace_id = m.workspace_id and s.hash = m.hash where m.message_id = ${message}::uuid`))[0];
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const namesOnDisk = async (): Promise<string[]> => (await readdir(gateway.objects, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
const cursor = async (): Promise<unknown> => (await rows(sql`select last_seq::int from workspace_cursors where workspace_id = ${owner.workspaceId}::uuid`))[0]?.['last_seq'];
const eventsSince = (seq: unknown) => rows(sql`select event->>'type' as type, event->>'messageId' as message from workspace_events where workspace_id = ${owner.workspaceId}::uuid and seq > ${Number(seq)}::bigint order by seq`);

describe('bytes that a node brings', () => {
  test('are stored under their hash, as what they are and not as what they were said to be, and the message has them', async () => {
    const device = await addDevice();
    const { id, key } = await addMessage(device);
    const before = await cursor();
    expect(await upload(device, { of: { what: 'media', key }, mimetype: 'text/html' })).toBe('stored');
    expect(await mediaOf(id)).toEqual({ state: 'stored', hash: hashOf(PNG), mimetype: 'image/png', bytes: PNG.length });
    expect(await eventsSince(before)).toEqual([{ type: 'message.changed', message: id }]);
    expect(await namesOnDisk()).toContain(hashOf(PNG));
  });

  test.each([
    ['plain words in whatever letters', Buffer.from('Olá, مرحبا\r\n'), 'text/plain'],
    ['nothing that anybody knows', Buffer.from([0, 1, 2, 3, 255]), 'application/octet-stream'],
    ['nothing at all', Buffer.alloc(0), 'application/octet-stream'],
    ['a page that calls itself a picture', Buffer.from('<html><script>alert(1)</script></html>'), 'text/plain'],
  ])('that are %s are told apart', async (_what, bytes, mimetype) => {
    const device = await addDevice();
    const { id, key } = await addMessage(device);
    expect(await upload(device, { of: { what: 'media', key }, bytes, mimetype: 'image/png' })).toBe('stored');
    expect(await mediaOf(id)).toMatchObject({ state: 'stored', mimetype, bytes: bytes.length });
  });

  test('are kept once a workspace however often they come, and once more for another workspace', async () => {
    const bytes = randomBytes(5_000);
    const device = await addDevice();
    const [first, second] = [await addMessage(device), await addMessage(device)];
    expect(await Promise.all([first, second].map(({ key }) => upload(device, { of: { what: 'media', key }, bytes })))).toEqual(['stored', 'stored']);
    expect([await mediaOf(first.id), await mediaOf(second.id)]).toEqual(Array.from({ length: 2 }, () => expect.objectContaining({ state: 'stored', hash: hashOf(bytes) })));
    expect((await namesOnDisk()).filter((name) => name === hashOf(bytes))).toHaveLength(1);
    const theirs = await addDevice(rival);
    const other = await addMessage(theirs, rival);
    expect(await upload(theirs, { of: { what: 'media', key: other.key }, bytes })).toBe('stored');
    expect((await namesOnDisk()).filter((name) => name === hashOf(bytes))).toHaveLength(2);
  });

  test('of a message that is stored already are not read again', async () => {
    const device = await addDevice();
    const { id, key } = await addMessage(device);
    await upload(device, { of: { what: 'media', key } });
    expect(await upload(device, { of: { what: 'media', key }, bytes: randomBytes(900_000) })).toBe('stored');
    expect(await mediaOf(id)).toMatchObject({ hash: hashOf(PNG) });
  });

  test('are found by either of the addresses that a person has', async () => {
    const device = await addDevice();
    const { id, key } = await addMessage(device);
    const lid = key.chat.kind === 'person' ? `9${key.chat.person.phone}` : '';
    expect(await upload(device, { of: { what: 'media', key: { ...key, chat: { kind: 'person', person: { lid } } } } })).toBe('stored');
    expect(await mediaOf(id)).toMatchObject({ state: 'stored' });
  });

  test('that are too many are refused by their number, whatever was said of it, and nothing is left of them', async () => {
    const device = await addDevice();
    const { id, key } = await addMessage(device);
    const before = await namesOnDisk();
    expect(await upload(device, { of: { what: 'media', key }, bytes: randomBytes(1_000_001) })).toBe('too_large');
    expect(await mediaOf(id)).toMatchObject({ state: 'wanted' });
    expect(await namesOnDisk()).toEqual(before);
    const address = `${gateway.url}/nodes/uploads/${device}?epoch=3&of=${Buffer.from(JSON.stringify({ what: 'media', key })).toString('base64url')}`;
    const said = await fetch(address, { method: 'PUT', headers: { authorization: `Bearer ${node.token}`, 'content-type': 'image/png' }, body: randomBytes(1_000_001) });
    expect(said.status).toBe(413);
    expect(await upload(device, { of: { what: 'media', key }, bytes: randomBytes(1_000_000) })).toBe('stored');
  });

  test('whose sender hangs up leave nothing', async () => {
    const device = await addDevice();
    const { id, key } = await addMessage(device);
    const before = await namesOnDisk();
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(200_000);
        throw new Error('the page died');
      })(),
      { objectMode: false },
    );
    expect(await media.upload({ device, epoch: 3, of: { what: 'media', key }, mimetype: 'image/png', bytes: broken })).toBe('later');
    expect(await mediaOf(id)).toMatchObject({ state: 'wanted' });
    expect(await namesOnDisk()).toEqual(before);
    expect(await upload(device, { of: { what: 'media', key } })).toBe('stored');
  });

  test('are taken of nobody but the node that holds the lease now, under its epoch', async () => {
    const device = await addDevice();
    const { id, key } = await addMessage(device);
    const stranger = openMedia({ gatewayUrl: gateway.url, token: (await addOneNode()).token });
    const unknown = openMedia({ gatewayUrl: gateway.url, token: 'not-a-token-of-anybody' });
    const of: Upload = { what: 'media', key };
    expect(await upload(device, { of, by: stranger })).toBe('later');
    expect(await upload(device, { of, by: unknown })).toBe('later');
    expect(await upload(device, { of, epoch: 2 })).toBe('later');
    expect(await upload(newId(), { of })).toBe('later');
    await rows(sql`update device_leases set expires_at = now() - interval '1 second' where device_id = ${device}::uuid`);
    expect(await upload(device, { of })).toBe('later');
    expect(await mediaOf(id)).toMatchObject({ state: 'wanted' });
    stranger.close();
    unknown.close();
  });

  test('of a message of another device or another workspace, or of none, are not taken', async () => {
    const [device, other, theirs] = [await addDevice(), await addDevice(), await addDevice(rival)];
    const [ours, foreign] = [await addMessage(other), await addMessage(theirs, rival)];
    for (const { key, id } of [ours, foreign]) {
      expect(await upload(device, { of: { what: 'media', key } })).toBe('later');
      expect(await mediaOf(id)).toMatchObject({ state: 'wanted' });
    }
    expect(await upload(device, { of: { what: 'media', key: { ...ours.key, id: 'NEVER' } } })).toBe('later');
  });

  test('of a person are their picture, and of a screen what a command asked for', async () => {
    const device = await addDevice();
    const { key } = await addMessage(device);
    const phone = key.chat.kind === 'person' ? (key.chat.person.phone ?? '') : '';
    expect(await upload(device, { of: { what: 'picture', chat: key.chat } })).toBe('stored');
    expect(await rows(sql`select picture_hash from identities where phone = ${phone}`)).toEqual([{ picture_hash: hashOf(PNG) }]);
    const command = newId();
    await rows(sql`insert into device_commands (workspace_id, id, device_id, command, due_at, created_at) values (${owner.workspaceId}::uuid, ${command}::uuid, ${device}::uuid, '{"type":"screenshot.take"}', now(), now())`);
    expect(await upload(device, { of: { what: 'screenshot', command } })).toBe('stored');
    expect(await rows(sql`select object_hash from device_commands where id = ${command}::uuid`)).toEqual([{ object_hash: hashOf(PNG) }]);
    expect(await upload(device, { of: { what: 'screenshot', command: newId() } })).toBe('later');
  });
});

describe('bytes that a node fetches', () => {
  const order = async (device: string, hash: string, state = 'given'): Promise<string> => {
    const id = newId();
    const command = { type: 'message.send', content: { kind: 'media', as: 'image', media: { url: outgoingMediaUrl(id, hash), mimetype: 'image/png', bytes: PNG.length } } };
    await rows(sql`
      insert into device_commands (workspace_id, id, device_id, command, state, given_epoch, due_at, created_at)
      values (${owner.workspaceId}::uuid, ${id}::uuid, ${device}::uuid, ${JSON.stringify(command)}::text::jsonb, ${state}, 3, now(), now())`);
    return id;
  };
  const stored = async (device: string): Promise<string> => {
    const { key } = await addMessage(device);
    await upload(device, { of: { what: 'media', key } });
    return hashOf(PNG);
  };

  test('are those of a command that was given to it, whole', async () => {
    const device = await addDevice();
    const hash = await stored(device);
    expect(Buffer.from(await media.download(outgoingMediaUrl(await order(device, hash), hash))).equals(PNG)).toBe(true);
  });

  test('are none that another node was given, that no command names, or whose command is over', async () => {
    const device = await addDevice();
    const hash = await stored(device);
    const command = await order(device, hash);
    const stranger = openMedia({ gatewayUrl: gateway.url, token: (await addOneNode()).token });
    const unknown = openMedia({ gatewayUrl: gateway.url, token: 'not-a-token-of-anybody' });
    await expect(stranger.download(outgoingMediaUrl(command, hash))).rejects.toThrow('answered 404');
    await expect(unknown.download(outgoingMediaUrl(command, hash))).rejects.toThrow('answered 401');
    await expect(media.download(outgoingMediaUrl(newId(), hash))).rejects.toThrow('answered 404');
    await expect(media.download(outgoingMediaUrl(command, 'a'.repeat(64)))).rejects.toThrow('answered 404');
    await expect(media.download(outgoingMediaUrl(await order(device, hash, 'done'), hash))).rejects.toThrow('answered 404');
    await rows(sql`update device_leases set epoch = 4 where device_id = ${device}::uuid`);
    await expect(media.download(outgoingMediaUrl(command, hash))).rejects.toThrow('answered 404');
    stranger.close();
    unknown.close();
  });
});

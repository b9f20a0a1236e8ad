import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { conversations } from '../../db/schema/conversations.ts';
import { deviceCodes } from '../../db/schema/device-codes.ts';
import { deviceCommands } from '../../db/schema/device-commands.ts';
import { deviceLeases } from '../../db/schema/device-leases.ts';
import { devices } from '../../db/schema/devices.ts';
import { earlyFacts } from '../../db/schema/early-facts.ts';
import { gaps } from '../../db/schema/gaps.ts';
import { identities } from '../../db/schema/identities.ts';
import { messages } from '../../db/schema/messages.ts';
import { reactions } from '../../db/schema/reactions.ts';
import { workspaceEvents } from '../../db/schema/workspace-events.ts';
import type { Tx } from '../../db/tenant.ts';
import { byBoth, byLid, byPhone, keyOf, openIngestWorld, seen, type IngestWorld, type Teller } from './testing/ingest-world.ts';

let world: IngestWorld;
beforeAll(async () => {
  world = await openIngestWorld();
});
afterAll(() => world.close());

const read = <T>(teller: Teller, work: (tx: Tx) => Promise<T>): Promise<T> => world.doors.withTenant(teller.actor, work);
const textsOf = (teller: Teller) => read(teller, async (tx) => (await tx.db.select().from(messages).orderBy(messages.at, messages.position, messages.id)).map(({ content }) => (content.kind === 'text' ? content.text : content.kind)));
const eventsOf = (teller: Teller) => read(teller, async (tx) => (await tx.db.select().from(workspaceEvents).orderBy(workspaceEvents.seq)).map(({ event }) => event.type));
const ana = byPhone('5511900000001');

test('what a device tells is in the database once, whether it is told again, overlapping or under another batch', async () => {
  const teller = await world.openTeller();
  expect(await teller.tellAs(1, seen(keyOf(ana, 'A1'), 'one'), seen(keyOf(ana, 'A2'), 'two'))).toEqual({ through: 2 });
  expect(await teller.tellAs(1, seen(keyOf(ana, 'A1'), 'one'), seen(keyOf(ana, 'A2'), 'two'), seen(keyOf(ana, 'A3'), 'three'))).toEqual({ through: 3 });
  expect(await teller.tellAs(2, seen(keyOf(ana, 'A2'), 'two'))).toEqual({ through: 3 });
  // The same message under a new number, as a reading back tells it.
  await teller.tellAs(4, { ...seen(keyOf(ana, 'A1'), 'one'), source: 'catch_up' });
  expect(await textsOf(teller)).toEqual(['one', 'two', 'three']);
  expect(await eventsOf(teller)).toEqual(['conversation.changed', 'message.added', 'message.added', 'message.added']);
});

test('messages stand in the order of the network, whatever order they arrive in', async () => {
  const teller = await world.openTeller();
  await teller.tell(seen(keyOf(ana, 'B3'), 'third', { at: 300, order: 1 }), seen(keyOf(ana, 'B1'), 'first', { at: 200 }), seen(keyOf(ana, 'B4'), 'fourth', { at: 300, order: 2 }), seen(keyOf(ana, 'B2'), 'second', { at: 250 }));
  expect(await textsOf(teller)).toEqual(['first', 'second', 'third', 'fourth']);
  const [conversation] = await read(teller, (tx) => tx.db.select().from(conversations));
  const [newest] = await read(teller, (tx) => tx.db.select().from(messages).where(eq(messages.stanzaId, 'B4')));
  expect(conversation).toMatchObject({ lastMessageAt: 300, lastMessageId: newest?.id, lastInboundAt: 300 });
});

test('an older epoch is refused, changes nothing, and does not set back what the newer one has read', async () => {
  const teller = await world.openTeller();
  await teller.tell(seen(keyOf(ana, 'C1'), 'before'));
  await world.doors.withSystem('setup', (tx) => tx.db.update(deviceLeases).set({ epoch: 2 }).where(eq(deviceLeases.deviceId, teller.lease.deviceId)));
  expect(await teller.tell(seen(keyOf(ana, 'C2'), 'late'))).toBe('refused');
  teller.lease.epoch = 2;
  expect(await teller.tellAs(1, seen(keyOf(ana, 'C3'), 'after'))).toEqual({ through: 1 });
  expect(await textsOf(teller)).toEqual(['before', 'after']);
});

test('a tick, a reaction and a deletion that come before their message wait for it', async () => {
  const teller = await world.openTeller();
  const key = keyOf(ana, 'D1', { fromMe: true });
  await teller.tell(
    { type: 'message.acked', key, ack: 3 },
    { type: 'message.reacted', key, by: { phone: '5511900000001' }, emoji: '👍', at: 10 },
    { type: 'message.acked', key, ack: 2 },
    seen(key, 'hello'),
  );
  const [message] = await read(teller, (tx) => tx.db.select().from(messages));
  expect(message).toMatchObject({ ack: 3, sentByKind: 'phone' });
  expect(await read(teller, (tx) => tx.db.select().from(reactions))).toMatchObject([{ emoji: '👍' }]);
  expect(await read(teller, (tx) => tx.db.select().from(earlyFacts))).toEqual([]);
});

test('an edit is taken once and never undone by an older telling; what was taken back is gone for good', async () => {
  const teller = await world.openTeller();
  const key = keyOf(ana, 'E1');
  await teller.tell(seen(key, 'helo'), seen(key, 'hello', { editedAt: 20 }), seen(key, 'helo'), seen(key, 'hallo', { editedAt: 10 }));
  expect(await textsOf(teller)).toEqual(['hello']);
  await teller.tell(seen(key, '', { content: { kind: 'revoked' } }), seen(key, 'hello', { editedAt: 30 }));
  expect(await textsOf(teller)).toEqual(['revoked']);
});

test('an older reaction that comes late does not undo a newer one, and one taken back stays so', async () => {
  const teller = await world.openTeller();
  const key = keyOf(ana, 'F1');
  const by = { phone: '5511900000001' };
  await teller.tell(seen(key, 'hi'), { type: 'message.reacted', key, by, emoji: '', at: 30 }, { type: 'message.reacted', key, by, emoji: '👍', at: 20 });
  expect(await read(teller, (tx) => tx.db.select().from(reactions))).toMatchObject([{ emoji: '', at: 30 }]);
});

test('a phone number and a LID that turn out to be one person become one conversation, with every message once', async () => {
  const teller = await world.openTeller();
  await teller.tell(
    seen(keyOf(byPhone('5511900000002'), 'G1'), 'by phone', { at: 1 }),
    seen(keyOf(byLid('90000000000002'), 'G2'), 'by lid', { at: 2 }),
    seen(keyOf(byLid('90000000000002'), 'G1'), 'by phone', { at: 1 }),
    seen(keyOf(byBoth('5511900000002', '90000000000002'), 'G3'), 'by both', { at: 3 }),
  );
  const left = await read(teller, (tx) => tx.db.select().from(conversations));
  const open = left.filter(({ mergedInto }) => mergedInto === null);
  expect([left.length, open.length]).toEqual([2, 1]);
  const shown = await read(teller, (tx) => tx.db.select().from(messages).where(eq(messages.conversationId, open[0]?.id ?? '')).orderBy(messages.at));
  expect(shown.map(({ stanzaId }) => stanzaId)).toEqual(['G1', 'G2', 'G3']);
  expect(shown.map(({ firstConversationId }) => firstConversationId === open[0]?.id)).toEqual([true, false, true]);
  expect(await read(teller, (tx) => tx.db.select().from(identities).where(sql`merged_into is null`))).toMatchObject([{ phone: '5511900000002', lid: '90000000000002' }]);
  expect(await eventsOf(teller)).toContain('conversation.merged');
});

test('a number that went to somebody else is theirs, and the conversation of who had it stays with them', async () => {
  const teller = await world.openTeller();
  await teller.tell(seen(keyOf(byBoth('5511900000003', '90000000000003'), 'H1'), 'from the first'), seen(keyOf(byBoth('5511900000003', '90000000000004'), 'H2'), 'from the second'));
  const known = await read(teller, (tx) => tx.db.select().from(identities).orderBy(identities.createdAt, identities.lid));
  expect(known.map(({ phone, lid }) => [phone, lid])).toEqual([[null, '90000000000003'], ['5511900000003', '90000000000004']]);
  expect(new Set((await read(teller, (tx) => tx.db.select().from(messages))).map(({ conversationId }) => conversationId)).size).toBe(2);
});

test('two devices that meet the same person at the same moment make one contact, and each its own conversation', async () => {
  const one = await world.openTeller();
  const two = await world.openTeller(one.lease.workspaceId);
  const bea = byPhone('5511900000005');
  await Promise.all([one, two].map((teller, index) => teller.tell(...Array.from({ length: 20 }, (_none, n) => seen(keyOf(n === 0 ? bea : byPhone(`55119100000${String(n).padStart(2, '0')}`), `I${index}${n}`), 'hi')))));
  expect(await read(one, (tx) => tx.db.select().from(identities))).toHaveLength(20);
  expect(await read(one, (tx) => tx.db.select().from(conversations))).toHaveLength(40);
});

test('an event that cannot be taken is parked with its reason, and those around it are taken', async () => {
  const teller = await world.openTeller();
  // A time that no column holds.
  expect(await teller.tell(seen(keyOf(ana, 'J1'), 'one'), seen(keyOf(ana, 'J2'), 'two', { at: 1e20 }), seen(keyOf(ana, 'J3'), 'three'))).toEqual({ through: 3 });
  expect(await textsOf(teller)).toEqual(['one', 'three']);
  const parked = await world.doors.withSystem('sweep', (tx) => tx.db.execute(sql`select seq::int, type, reason <> '' as reasoned from parked_events where device_id = ${teller.lease.deviceId}`));
  expect([...parked]).toEqual([{ seq: 2, type: 'message.seen', reasoned: true }]);
});

test('words with characters that the database cannot hold are kept but for those', async () => {
  const teller = await world.openTeller();
  await teller.tell(seen(keyOf(ana, 'M1'), 'a\u0000b'), seen(keyOf(ana, 'M2'), 'c\uD800d', { at: 1_767_600_001, pushName: 'A\u0000na' }));
  expect(await textsOf(teller)).toEqual(['a\uFFFDb', 'c\uFFFDd']);
});

test('a gap is found once, in its conversation or in all of the device', async () => {
  const teller = await world.openTeller();
  const gap = { type: 'gap.found', from: 100, to: 200 } as const;
  await teller.tell(gap, { ...gap, chat: ana }, gap);
  expect(await read(teller, (tx) => tx.db.select().from(gaps))).toHaveLength(2);
});

test('that a message is with the server settles how it was sent, whatever was or will be answered', async () => {
  const teller = await world.openTeller();
  await teller.tell(seen(keyOf(ana, 'K0'), 'hi'));
  const [conversation] = await read(teller, (tx) => tx.db.select().from(conversations));
  const [messageId, command, conversationId] = [newId(), newId(), conversation?.id ?? ''];
  const { workspaceId, deviceId } = teller.lease;
  await read(teller, async (tx) => {
    await tx.db.insert(messages).values({ workspaceId, id: messageId, conversationId, firstConversationId: conversationId, fromMe: true, stanzaId: 'K1', at: 1_767_600_100, kind: 'text', content: { kind: 'text', text: 'answer' }, ack: 0, sending: 'given', source: 'ours', createdAt: tx.now });
    await tx.db.insert(deviceCommands).values({ workspaceId, id: command, deviceId, conversationId, messageId, command: { type: 'message.send', chat: ana, messageId: 'K1', content: { kind: 'text', text: 'answer' } }, state: 'given', dueAt: tx.now, createdAt: tx.now });
  });
  const sending = async () => (await read(teller, (tx) => tx.db.select().from(messages).where(eq(messages.id, messageId))))[0];
  await teller.tell({ type: 'send.ended', command, result: { outcome: 'checking', id: 'K1' } });
  expect(await sending()).toMatchObject({ sending: 'checking', ack: 0 });
  await teller.tell({ type: 'message.acked', key: keyOf(ana, 'K1', { fromMe: true }), ack: 2 }, { type: 'send.ended', command, result: { outcome: 'uncertain', id: 'K1' } });
  expect(await sending()).toMatchObject({ sending: 'sent', ack: 2 });
  expect(await read(teller, (tx) => tx.db.select().from(messages))).toHaveLength(2);
});

test('a device that rests until somebody does something is not started again by itself, and shows no code any more', async () => {
  const teller = await world.openTeller();
  await read(teller, (tx) => tx.db.update(devices).set({ wanted: 'running' }).where(eq(devices.id, teller.lease.deviceId)));
  await teller.tell({ type: 'session.changed', state: 'qr' }, { type: 'session.qr', qr: 'secret', expiresAt: 1_767_600_060_000 });
  expect(await read(teller, (tx) => tx.db.select().from(deviceCodes))).toMatchObject([{ kind: 'qr', value: 'secret' }]);
  expect(JSON.stringify(await read(teller, (tx) => tx.db.select().from(workspaceEvents)))).not.toContain('secret');
  await teller.tell({ type: 'session.linked', me: { phone: '5511900000009', lid: '90000000000009' }, pushName: 'Shop', platform: 'android' }, { type: 'session.changed', state: 'ready' }, { type: 'session.changed', state: 'logged_out' });
  const [device] = await read(teller, (tx) => tx.db.select().from(devices).where(eq(devices.id, teller.lease.deviceId)));
  expect(device).toMatchObject({ state: 'logged_out', wanted: 'stopped', phoneNumber: '+5511900000009', linkedAt: null });
  expect(await read(teller, (tx) => tx.db.select().from(deviceCodes))).toEqual([]);
});

test('a device tells nothing into another workspace', async () => {
  const [ours, theirs] = [await world.openTeller(), await world.openTeller()];
  const stolen = { ...theirs.lease, workspaceId: ours.lease.workspaceId };
  const { ingestFrames } = await import('./ingest-frames.ts');
  const told = await ingestFrames(world.doors)(stolen, [{ device: stolen.deviceId, epoch: 1, seq: 1, at: 1, event: seen(keyOf(ana, 'L1'), 'x') }]).catch((error: unknown) => error);
  expect(told).not.toEqual({ through: 1 });
  expect(await textsOf(ours)).toEqual([]);
  expect(await textsOf(theirs)).toEqual([]);
});

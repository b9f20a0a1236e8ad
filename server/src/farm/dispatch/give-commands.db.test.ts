import type { SessionCommand } from '@waxos/contract/node-link/commands';
import type { CommandAnswer, CommandFrame } from '@waxos/contract/node-link/frames';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { conversations } from '../../db/schema/conversations.ts';
import { deviceCommands } from '../../db/schema/device-commands.ts';
import { deviceLeases } from '../../db/schema/device-leases.ts';
import { devices } from '../../db/schema/devices.ts';
import { gateways } from '../../db/schema/gateways.ts';
import { messages } from '../../db/schema/messages.ts';
import { nodeLinks } from '../../db/schema/node-links.ts';
import type { SystemTx, Tx } from '../../db/tenant.ts';
import { byPhone, keyOf, openIngestWorld, seen, type IngestWorld, type Teller } from '../ingest/testing/ingest-world.ts';
import { giveCommands } from './give-commands.ts';

let world: IngestWorld;
let gatewayId: string;
let teller: Teller;
let given: CommandFrame[];
let answer: CommandAnswer | 'away';
const clockMs = 0;

beforeAll(async () => {
  world = await openIngestWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  [gatewayId, given, answer] = [newId(), [], { taken: true }];
  teller = await world.openTeller();
  await system(async ({ db, now }) => {
    await db.insert(gateways).values({ id: gatewayId, startedAt: now, seenAt: now });
    const [lease] = await db.select().from(deviceLeases).where(eq(deviceLeases.deviceId, teller.lease.deviceId));
    await db.insert(nodeLinks).values({ nodeId: lease?.nodeId ?? '', generation: 1, gatewayId, claimedAt: now });
    await db.update(deviceLeases).set({ expiresAt: new Date(now.getTime() + 60_000) }).where(eq(deviceLeases.deviceId, teller.lease.deviceId));
  });
});

const system = <T>(work: (tx: SystemTx) => Promise<T>): Promise<T> => world.doors.withSystem('dispatch', work);
const ours = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.doors.withTenant(teller.actor, work);
const give = (): Promise<number> =>
  giveCommands({
    doors: world.doors,
    gatewayId,
    now: () => clockMs,
    command: async (_node, frame) => {
      given.push(frame);
      return answer;
    },
  });
const untilNothingIsDue = async (): Promise<string[]> => {
  given = [];
  while ((await give()) > 0);
  return given.map(({ id, command }) => (command.type === 'message.send' && command.content.kind === 'text' ? command.content.text : `${command.type} ${id}`));
};
const ana = byPhone('5511900000001');
const bea = byPhone('5511900000002');

/** Written by a member; answers with the command's id. */
const write = async (chat: typeof ana, text: string): Promise<string> => {
  const stanzaId = `3EB0${newId().replaceAll('-', '').slice(0, 18).toUpperCase()}`;
  await teller.tell(seen(keyOf(chat, newId()), 'hi'));
  return ours(async (tx) => {
    const found = await tx.db.select().from(conversations).innerJoin(messages, eq(messages.conversationId, conversations.id)).orderBy(messages.id);
    const conversationId = found.at(-1)?.conversations.id ?? '';
    const [id, messageId] = [newId(), newId()];
    const command: SessionCommand = { type: 'message.send', chat, messageId: stanzaId, content: { kind: 'text', text } };
    await tx.db.insert(messages).values({ workspaceId: tx.workspaceId, id: messageId, conversationId, firstConversationId: conversationId, fromMe: true, stanzaId, at: 1, kind: 'text', content: { kind: 'text', text }, ack: 0, sending: 'queued', source: 'ours', createdAt: tx.now });
    tx.order({ id, deviceId: teller.lease.deviceId, conversationId, messageId, command });
    return id;
  });
};
const sendingOf = async (command: string): Promise<string | null | undefined> => {
  const [row] = await ours((tx) => tx.db.select({ sending: messages.sending }).from(messages).innerJoin(deviceCommands, eq(deviceCommands.messageId, messages.id)).where(eq(deviceCommands.id, command)));
  return row?.sending;
};
const end = (command: string, outcome: 'sent' | 'checking' | 'uncertain'): Promise<unknown> => teller.tell({ type: 'send.ended', command, result: outcome === 'sent' ? { outcome, id: 'X', at: 5 } : { outcome, id: 'X' } });
const moveSession = (lease: Partial<typeof deviceLeases.$inferInsert>) => system((tx) => tx.db.update(deviceLeases).set(lease).where(eq(deviceLeases.deviceId, teller.lease.deviceId)));

test('one message of a conversation is on its way at a time, in their order; conversations do not wait for each other', async () => {
  const one = await write(ana, 'one');
  await write(ana, 'two');
  await write(bea, 'other');
  expect((await untilNothingIsDue()).toSorted()).toEqual(['one', 'other']);
  expect(await sendingOf(one)).toBe('given');
  await end(one, 'sent');
  expect(await untilNothingIsDue()).toEqual(['two']);
  expect(await sendingOf(one)).toBe('sent');
});

test('an uncertain message holds its conversation, a failed one lets the next go', async () => {
  const one = await write(ana, 'one');
  await write(ana, 'two');
  await untilNothingIsDue();
  await end(one, 'uncertain');
  expect(await untilNothingIsDue()).toEqual([]);
  expect(await sendingOf(one)).toBe('uncertain');
  const other = await write(bea, 'other');
  await write(bea, 'another');
  await untilNothingIsDue();
  await teller.tell({ type: 'send.ended', command: other, result: { outcome: 'failed', reason: 'no_chat' } });
  expect(await untilNothingIsDue()).toEqual(['another']);
  expect(await sendingOf(other)).toBe('failed');
});

test('what a device that is away cannot do keeps its place, and goes out when it is back', async () => {
  await write(ana, 'one');
  await ours((tx) => tx.db.update(devices).set({ state: 'reconnecting' }));
  expect(await untilNothingIsDue()).toEqual([]);
  await ours((tx) => tx.db.update(devices).set({ state: 'ready' }));
  expect(await untilNothingIsDue()).toEqual(['one']);
});

test('a session that cannot do it yet puts it back in its place', async () => {
  const one = await write(ana, 'one');
  await write(ana, 'two');
  await untilNothingIsDue();
  await teller.tell({ type: 'send.ended', command: one, result: { outcome: 'failed', reason: 'not_ready' } });
  expect([await sendingOf(one), await untilNothingIsDue()]).toEqual(['queued', []]);
  await ours((tx) => tx.db.update(deviceCommands).set({ retryAt: tx.now }).where(eq(deviceCommands.id, one)));
  expect(await untilNothingIsDue()).toEqual(['one']);
});

test('over a new link to the same session it is given again under the same id', async () => {
  answer = 'away';
  const one = await write(ana, 'one');
  await untilNothingIsDue();
  expect(await untilNothingIsDue()).toEqual([]);
  await system(({ db, now }) => db.update(nodeLinks).set({ claimedAt: new Date(now.getTime() + 1_000), generation: 2 }));
  answer = { taken: true };
  await give();
  expect(given.map(({ id, command }) => [id, command.type])).toEqual([[one, 'message.send']]);
});

test('after the session moved a message is looked for and not sent again, and a tick settles it', async () => {
  const one = await write(ana, 'one');
  await write(ana, 'two');
  await untilNothingIsDue();
  await moveSession({ epoch: 2 });
  teller.lease.epoch = 2;
  expect(await untilNothingIsDue()).toEqual([`message.check ${one}/2`]);
  expect(await sendingOf(one)).toBe('checking');
  await teller.tell({ type: 'send.ended', command: `${one}/2`, result: { outcome: 'uncertain', id: 'X' } });
  expect([await sendingOf(one), await untilNothingIsDue()]).toEqual(['uncertain', []]);
  const [command] = await ours((tx) => tx.db.select().from(deviceCommands).where(eq(deviceCommands.id, one)));
  const id = command?.command.type === 'message.send' ? command.command.messageId : '';
  await teller.tell({ type: 'message.acked', key: keyOf(ana, id, { fromMe: true }), ack: 1 });
  expect([await sendingOf(one), await untilNothingIsDue()]).toEqual(['sent', ['two']]);
});

test('what the profile of a session that closed cleanly lacks is sent again, under the same id', async () => {
  const one = await write(ana, 'one');
  await untilNothingIsDue();
  await moveSession({ epoch: 2, cleanEpoch: 1 });
  teller.lease.epoch = 2;
  await untilNothingIsDue();
  await teller.tell({ type: 'send.ended', command: `${one}/2`, result: { outcome: 'uncertain', id: 'X' } });
  await ours((tx) => tx.db.update(deviceCommands).set({ retryAt: tx.now }));
  await give();
  expect(given.at(-1)).toMatchObject({ id: one, epoch: 2, command: { type: 'message.send' } });
});

test('nothing is given by a gateway that does not hold the link, nor under a lease that is over', async () => {
  await write(ana, 'one');
  await system(({ db }) => db.update(nodeLinks).set({ endedAt: new Date() }));
  expect(await untilNothingIsDue()).toEqual([]);
  await system(({ db }) => db.update(nodeLinks).set({ endedAt: null }));
  await moveSession({ expiresAt: new Date('2026-01-05T08:59:59Z') });
  expect(await untilNothingIsDue()).toEqual([]);
});

test('what is only to be done is done when a session has it', async () => {
  const id = newId();
  await ours(async (tx) => tx.order({ id, deviceId: teller.lease.deviceId, command: { type: 'chat.read', chat: ana } }));
  await give();
  const [row] = await ours((tx) => tx.db.select().from(deviceCommands).where(eq(deviceCommands.id, id)));
  expect([row?.state, await untilNothingIsDue()]).toEqual(['done', []]);
});

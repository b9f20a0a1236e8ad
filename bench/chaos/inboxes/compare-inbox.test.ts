import type { Message } from '@waxos/contract/node-link/contents';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { Person } from '@waxos/contract/node-link/identities';
import type { Happened, LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import { expect, test } from 'vitest';
import { compareInbox, type InboxVerdict } from './compare-inbox.ts';
import { openInbox } from './open-inbox.ts';
import { openPeople } from './open-people.ts';

const shop = '100001';
const ana = { phone: '5511900000002', lid: '200002' } satisfies Person;
const device = 'a-device';
const accounts = new Map([[ana.phone, ana.lid]]);
const chat = `d:${shop}:${ana.lid}`;

const said = (id: string, { author = ana.lid, by = 'phone' }: { author?: string; by?: string } = {}): Happened => ({ e: 'message.sent', chat, id, author, by, content: { kind: 'text', text: `text ${id}` } });
const ledger = (...happened: Happened[]): LedgerEntry[] => happened.map((what, index) => ({ ...what, n: index + 1, at: index }));
const day = ledger(said('A'), said('B'), said('OWN', { author: shop }), said('SENT', { author: shop, by: device }), said('C'));

const seen = (id: string, at: number, { person = ana, fromMe = false, ...changed }: Partial<Message> & { person?: Person; fromMe?: boolean } = {}): SessionEvent => ({
  type: 'message.seen',
  source: 'live',
  message: { key: { chat: { kind: 'person', person }, fromMe, id }, at, order: at, content: { kind: 'text', text: `text ${id}` }, ack: 1, ...changed },
});
const whole = (): SessionEvent[] => [seen('A', 1), seen('B', 2), seen('OWN', 3, { fromMe: true }), seen('SENT', 4, { fromMe: true }), seen('C', 5)];

const judge = (events: readonly SessionEvent[], entries = day): InboxVerdict => {
  const inbox = openInbox(openPeople());
  for (const event of events) inbox.commit(event, 0);
  return compareInbox(entries, { account: shop, devices: new Set([device]), rows: inbox.shown(), accounts });
};
const faultless = { lost: [], doubled: [], outOfOrder: [], unknown: [], misfiled: [], stale: [], misreacted: [] };

test('an inbox that has everything once is without fault, however often it was told', () => {
  expect(judge([...whole(), ...whole()])).toEqual({ expected: 5, ...faultless });
});

test('one message that is not there is lost, whoever wrote it and whatever sent it', () => {
  for (const { missing, id } of ['A', 'B', 'OWN', 'SENT', 'C'].map((one, place) => ({ missing: place, id: one }))) {
    expect(judge(whole().toSpliced(missing, 1))).toEqual({ expected: 5, ...faultless, lost: [id] });
  }
});

test('one message under both addresses of a person is doubled until somebody says that they are one', () => {
  const apart = [...whole().slice(1), seen('A', 1, { person: { lid: ana.lid } }), seen('A', 1, { person: { phone: ana.phone } })];
  const strangers = apart.map((event) => (event.type === 'message.seen' && event.message.key.id !== 'A' ? seen(event.message.key.id, event.message.at, { person: { lid: ana.lid }, fromMe: event.message.key.fromMe }) : event));
  expect(judge(strangers).doubled).toEqual(['A']);
  expect(judge(apart).doubled).toEqual([]);
});

test('two that changed places are out of order, those of the device apart from the others', () => {
  expect(judge([seen('A', 2), seen('B', 1), ...whole().slice(2)]).outOfOrder).toHaveLength(1);
  expect(judge(whole().map((event) => (event.type === 'message.seen' && event.message.key.id === 'SENT' ? seen('SENT', 1, { order: 0, fromMe: true }) : event))).outOfOrder).toEqual([]);
});

test('what never happened, and what stands in another conversation, is found', () => {
  expect(judge([...whole(), seen('X', 9)]).unknown).toEqual(['X']);
  expect(judge(whole().with(0, seen('A', 1, { person: { lid: '300003' } }))).misfiled).toEqual(['A']);
});

test('an edit and a reaction that did not arrive are found', () => {
  const changed = ledger(said('A'), { e: 'message.edited', chat, id: 'A', author: ana.lid, by: 'phone', text: 'better', editId: 'E' }, { e: 'message.reacted', chat, id: 'A', author: ana.lid, who: shop, by: 'phone', emoji: '👍', reactionId: 'R' });
  expect(judge([seen('A', 1)], changed)).toMatchObject({ stale: ['A'], misreacted: ['A'] });
  const told: SessionEvent[] = [seen('A', 1), seen('A', 1, { content: { kind: 'text', text: 'better' } }), { type: 'message.reacted', key: { chat: { kind: 'person', person: ana }, fromMe: false, id: 'A' }, by: { lid: shop }, emoji: '👍', at: 2 }];
  expect(judge(told, changed)).toEqual({ expected: 1, ...faultless });
});

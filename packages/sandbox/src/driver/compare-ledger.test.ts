import { expect, test } from 'vitest';
import type { Happened, LedgerEntry } from '../network/ledger-entry.ts';
import { compareLedger, expectedFor } from './compare-ledger.ts';

const ledger = (...happened: Happened[]): LedgerEntry[] => happened.map((what, index) => ({ ...what, n: index + 1, at: index }));
const sent = (chat: string, id: string, author: string): Happened => ({ e: 'message.sent', chat, id, author, by: 'phone', content: { kind: 'text', text: id } });
const ids = (messages: { id: string }[]): string[] => messages.map(({ id }) => id);
const listed = (...list: string[]): { id: string }[] => list.map((id) => ({ id }));

const shop = '100';
const conversation = expectedFor(ledger(sent('d:100:200', 'A', '200'), sent('d:100:300', 'B', '300'), sent('d:100:200', 'C', '200'), sent('d:100:200', 'D', '200')), { account: shop });

test('a list that has everything once and in order is without fault', () => {
  expect(compareLedger(conversation, listed('B', 'A', 'C', 'D'))).toMatchObject({ expected: 4, lost: [], doubled: [], outOfOrder: [], unknown: [] });
});

test('what is missing is lost, and told of by conversation', () => {
  const { lost, conversations } = compareLedger(conversation, listed('A', 'B', 'D'));
  expect(ids(lost)).toEqual(['C']);
  expect(conversations.get('d:100:200')).toEqual({ expected: 3, lost: 1, doubled: 0, outOfOrder: 0 });
  expect(conversations.get('d:100:300')).toEqual({ expected: 1, lost: 0, doubled: 0, outOfOrder: 0 });
});

test('what is there three times is doubled twice, and its repetitions are not out of order', () => {
  const { doubled, outOfOrder } = compareLedger(conversation, listed('A', 'B', 'C', 'A', 'D', 'A'));
  expect(ids(doubled)).toEqual(['A', 'A']);
  expect(outOfOrder).toEqual([]);
});

test('of two that changed places one is out of order, whichever way round', () => {
  expect(compareLedger(conversation, listed('C', 'A', 'B', 'D')).outOfOrder).toHaveLength(1);
  expect(ids(compareLedger(conversation, listed('D', 'A', 'B', 'C')).outOfOrder)).toEqual(['D']);
});

test('the order between two conversations is nobody’s fault', () => {
  expect(compareLedger(conversation, listed('A', 'C', 'D', 'B')).outOfOrder).toEqual([]);
});

test('what nobody sent is unknown', () => {
  expect(compareLedger(conversation, listed('A', 'B', 'C', 'D', 'X')).unknown).toEqual(['X']);
});

test('an account is expected to have what was said where it took part, while it did, by others', () => {
  const entries = ledger(
    { e: 'group.created', group: '9', owner: '200', by: 'phone', subject: 'Orders', participants: ['100'], announce: false, restrict: false, adminsAdd: false, approval: false, inviteCode: 'x', lidAddressing: false },
    sent('g:9', 'IN', '200'),
    sent('g:9', 'OWN', '100'),
    sent('d:200:300', 'ELSEWHERE', '200'),
    { e: 'group.participants', group: '9', who: '200', by: 'phone', change: 'remove', people: ['100'] },
    sent('g:9', 'AFTER', '200'),
  );
  expect(ids(expectedFor(entries, { account: shop }))).toEqual(['IN']);
  expect(ids(expectedFor(entries, { account: shop, own: true }))).toEqual(['IN', 'OWN']);
});

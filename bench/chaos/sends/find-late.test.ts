import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import { expect, test } from 'vitest';
import { findLate } from './find-late.ts';
import { openSendBook, type SendRow } from './open-send-book.ts';

const device = 'a-device';
const sentAt = (at: number): LedgerEntry[] => [{ e: 'message.sent', chat: 'd:1:2', id: 'WA', author: '1', by: 'x', content: { kind: 'text', text: 'text' }, n: 1, at }];
const rowsOf = (changed: Partial<SendRow>): SendRow[] => {
  const book = openSendBook();
  book.add({ id: 'a', device, messageId: 'WA', chat: { kind: 'group', group: '12345' }, conversation: 'x', text: 'text' });
  return book.rows().map((row) => ({ ...row, epoch: 2, deadline: 100_000, ...changed }));
};
const places = [{ device, granted: [{ epoch: 1, at: 0, until: 20_000 }, { epoch: 2, at: 40_000, until: 70_000 }, { epoch: 3, at: 90_000, until: 99_000 }] }];
const freezes = [{ deadline: 50_000, to: 60_000 }];
const judge = (at: number, changed: Partial<SendRow> = {}) => findLate(sentAt(at), { rows: rowsOf(changed), places, freezes, killMs: 1_000 });

test('what left in time, under a lease and from a node that lived is not late', () => {
  expect(judge(45_000)).toEqual({ frozen: [], deadline: [], lease: [] });
  expect(judge(65_000)).toEqual({ frozen: [], deadline: [], lease: [] });
});

test('what left while its node was frozen past its deadline is found', () => {
  expect(judge(52_000).frozen).toEqual(['a']);
});

test('what left past its own deadline is found', () => {
  expect(judge(45_000, { deadline: 43_000 }).deadline).toEqual(['a']);
});

test('what left between two leases, or under one that came after it was asked for, is found', () => {
  expect(judge(30_000).lease).toEqual(['a']);
  expect(judge(95_000).lease).toEqual(['a']);
});

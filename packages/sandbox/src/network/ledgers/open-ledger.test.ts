import { expect, test } from 'vitest';
import type { LedgerEntry } from '../ledger-entry.ts';
import { readLines, writeLines, type Journal } from './journal.ts';
import { openLedger } from './open-ledger.ts';

const call = (id: string) => ({ e: 'call.ended', id, how: 'missed', who: '1' }) as const;

test('entries are read from any number on, and told to listeners in order, once they are written', () => {
  const written: LedgerEntry[][] = [];
  const journal: Journal = { append: (entries) => void written.push([...entries]), read: () => [], close: async () => {} };
  const ledger = openLedger(journal);
  const heard: [number, number][] = [];
  ledger.watch((entry) => heard.push([entry.n, written.flat().length]));
  for (const id of ['A', 'B', 'C']) ledger.append(call(id), 5);
  expect(written).toEqual([]);
  ledger.publish();
  expect(heard).toEqual([[1, 3], [2, 3], [3, 3]]);
  expect(written.map((batch) => batch.map(({ n }) => n))).toEqual([[1, 2, 3]]);
  expect(ledger.read(2, 1)).toEqual([{ ...call('B'), n: 2, at: 5 }]);
  expect(ledger.size()).toBe(3);
});

test('what a listener causes is told after what it heard', () => {
  const ledger = openLedger();
  const heard: number[] = [];
  ledger.watch(({ n }) => {
    if (n === 1) ledger.append(call('B'), 2);
  });
  const stop = ledger.watch(({ n }) => heard.push(n));
  ledger.append(call('A'), 1);
  ledger.publish();
  stop();
  ledger.append(call('C'), 3);
  ledger.publish();
  expect(heard).toEqual([1, 2]);
});

test('a line that was being written is dropped, and where the next goes is told', () => {
  const whole = writeLines([{ ...call('Ä'), n: 1, at: 1 }]);
  expect(readLines(`${whole}{"e":"call.en`)).toEqual({ entries: [{ ...call('Ä'), n: 1, at: 1 }], length: whole.length });
  expect(readLines('')).toEqual({ entries: [], length: 0 });
});

test('a ledger with a gap is not read', () => {
  expect(() => readLines(writeLines([{ ...call('A'), n: 2, at: 1 }]))).toThrow(/line 1 holds entry 2/);
});

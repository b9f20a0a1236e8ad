import { expect, test } from 'vitest';
import type { LedgerEntry } from '../ledger-entry.ts';
import { readLines, writeLines, type Journal } from './journal.ts';
import { openLedger } from './open-ledger.ts';

const call = (id: string) => ({ e: 'call.ended', id, how: 'missed', who: '1' }) as const;

const entriesOf = (lines: string): LedgerEntry[] => lines.trimEnd().split('\n').map((line) => JSON.parse(line) as LedgerEntry);

test('entries are read from any number on, and told to listeners in order, once they are written', () => {
  const written: LedgerEntry[][] = [];
  const journal: Journal = { append: (lines) => void written.push(entriesOf(lines)), read: () => ({ entries: [], length: 0 }), close: async () => {} };
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
  expect(readLines([Buffer.from(`${whole}{"e":"call.en`)])).toEqual({ entries: [{ ...call('Ä'), n: 1, at: 1 }], length: Buffer.byteLength(whole) });
  expect(readLines([])).toEqual({ entries: [], length: 0 });
});

test('a ledger with a gap is not read', () => {
  expect(() => readLines([Buffer.from(writeLines([{ ...call('A'), n: 2, at: 1 }]))])).toThrow(/line 1 holds entry 2/);
});

test('a ledger is read in pieces, wherever they are cut', () => {
  const entries = ['Ä', 'Größe', '😀'].map((id, index) => ({ ...call(id), n: index + 1, at: 1 }));
  const bytes = Buffer.from(writeLines(entries));
  for (const size of [1, 2, 7, 60, bytes.length]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    expect(readLines(pieces), `pieces of ${size}`).toEqual({ entries, length: bytes.length });
  }
});

test('while the journal fails nobody is told, and once it works nothing is missing from it', () => {
  let isFull = true;
  let text = '';
  const append = (lines: string): void => {
    if (isFull) throw new Error('no space left');
    text += lines;
  };
  const ledger = openLedger({ append, read: () => ({ entries: [], length: 0 }), close: async () => {} });
  const heard: number[] = [];
  ledger.watch(({ n }) => heard.push(n));
  ledger.append(call('A'), 1);
  expect(ledger.publish).toThrow('no space left');
  expect([heard, ledger.isBehind()]).toEqual([[], true]);
  isFull = false;
  ledger.append(call('B'), 2);
  ledger.publish();
  expect([heard, ledger.isBehind()]).toEqual([[1, 2], false]);
  expect(entriesOf(text).map(({ n }) => n)).toEqual([1, 2]);
});

test('what a listener causes is in the journal before anybody hears of it', () => {
  let text = '';
  const ledger = openLedger({ append: (lines) => void (text += lines), read: () => ({ entries: [], length: 0 }), close: async () => {} });
  const inJournal: number[] = [];
  ledger.watch(({ n }) => {
    inJournal.push(entriesOf(text).length);
    if (n === 1) ledger.append(call('B'), 2);
  });
  ledger.append(call('A'), 1);
  ledger.publish();
  expect(inJournal).toEqual([1, 2]);
});

test('an entry that is withdrawn leaves no trace', () => {
  const ledger = openLedger();
  ledger.withdraw(ledger.append(call('A'), 1));
  ledger.append(call('B'), 2);
  ledger.publish();
  expect(ledger.read(1, 9)).toEqual([{ ...call('B'), n: 1, at: 2 }]);
});

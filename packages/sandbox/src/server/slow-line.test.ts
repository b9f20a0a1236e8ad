import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import { openSlowLine } from './slow-line.ts';

test('without a wait, things pass at once', () => {
  const passed: number[] = [];
  const line = openSlowLine<number>(() => 0, (n) => void passed.push(n));
  line.put(1);
  line.put(2);
  expect(passed).toEqual([1, 2]);
});

test('nothing overtakes, even where the wait gets shorter in between', async () => {
  let wait = 40;
  const passed: number[] = [];
  const line = openSlowLine<number>(() => wait, (n) => void passed.push(n));
  onTestFinished(line.close);
  line.put(1);
  wait = 0;
  line.put(2);
  line.put(3);
  expect(passed).toEqual([]);
  await waitFor(() => (passed.length === 3 ? true : undefined), { timeoutMs: 5_000, what: 'three things' });
  expect(passed).toEqual([1, 2, 3]);
});

test('what waits when the line is closed never passes', () => {
  const passed: number[] = [];
  const line = openSlowLine<number>(() => 10, (n) => void passed.push(n));
  line.put(1);
  line.close();
  line.put(2);
  expect(line.size()).toBe(0);
  expect(passed).toEqual([]);
});

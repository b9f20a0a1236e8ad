import { expect, test } from 'vitest';
import { openRows } from './open-rows.ts';

const ascending = (rows: number[]): boolean => rows.every((row, index) => index === 0 || row > (rows[index - 1] ?? Infinity));

test('what comes live stays in the order it came, within a second and when the clock goes back', () => {
  const rows = openRows(0);
  expect(ascending([100, 100, 100, 99, 101].map((at) => rows.next(at)))).toBe(true);
});

test('after a restart the order goes on where it was', () => {
  const before = openRows(0).next(100);
  expect(openRows(before).next(100)).toBeGreaterThan(before);
});

test('history that comes newest first stands above what its chat has, and below what comes live', () => {
  const rows = openRows(0);
  const live = rows.next(200);
  const newest = rows.past(150, live);
  const older = rows.past(150, newest);
  const oldest = rows.past(10, older);
  expect(ascending([oldest, older, newest, live])).toBe(true);
});

import { expect, test } from 'vitest';
import { createTimes, sameDay } from './times.ts';

const at = (day: number, hour: number): number => new Date(2026, 4, day, hour).getTime() / 1_000;
const now = new Date(2026, 4, 20, 9);

test('days are named by how near they are', () => {
  const { day, date } = createTimes('en');
  expect(day(at(20, 1), now)).toBe('today');
  expect(day(at(19, 23), now)).toBe('yesterday');
  expect(day(at(15, 12), now)).toBe('Friday');
  expect(day(at(13, 12), now)).toBe(date(at(13, 12)));
});

test('midnight parts the days', () => {
  expect(sameDay(at(19, 23), at(20, 0))).toBe(false);
  expect(sameDay(at(20, 0), at(20, 23))).toBe(true);
});

test('lengths and sizes are short', () => {
  const { length, size } = createTimes('en');
  expect(length(65.9)).toBe('1:05');
  expect([size(900), size(21_046), size(3_400_000)]).toEqual(['900 bytes', '21 kB', '3.4 MB']);
});

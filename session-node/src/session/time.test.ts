import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemTime } from './time.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an alarm of two months rings in two months, and not before', () => {
  const day = 86_400_000;
  let rung = 0;
  systemTime.after(60 * day, () => {
    rung += 1;
  });
  vi.advanceTimersByTime(59 * day);
  expect(rung).toBe(0);
  vi.advanceTimersByTime(day);
  expect(rung).toBe(1);
  const cancel = systemTime.after(60 * day, () => {
    rung += 1;
  });
  vi.advanceTimersByTime(30 * day);
  cancel();
  vi.advanceTimersByTime(60 * day);
  expect([rung, vi.getTimerCount()]).toEqual([1, 0]);
});

import { expect, test } from 'vitest';
import { seeded } from '../testing/random.ts';
import { delayOf, waitForCaps, type Sent } from './pace.ts';

const hour = 3_600_000;
const now = 1_000 * hour;
const settled = { now, linkedAt: 0, stranger: false };
const text = (length: number) => ({ kind: 'text' as const, text: 'x'.repeat(length) });
const wait = (length: number, moment = settled): number => {
  const { thinkMs, typeMs } = delayOf(text(length), moment, seeded(7));
  return thinkMs + typeMs;
};

test('a longer message takes longer to type, and the longest still goes out within half a minute', () => {
  expect(wait(200)).toBeGreaterThan(wait(10));
  expect(wait(60_000)).toBeLessThan(30_000);
});

test('a number just linked is slower, and slower still to strangers', () => {
  const linkedNow = { ...settled, linkedAt: now - hour };
  expect(wait(50, linkedNow)).toBeGreaterThan(wait(50));
  expect(wait(50, { ...linkedNow, stranger: true })).toBeGreaterThan(wait(50, linkedNow));
});

test('no two messages wait alike', () => {
  const random = seeded(1);
  const delays = Array.from({ length: 50 }, () => delayOf(text(20), settled, random).thinkMs);
  expect(new Set(delays).size).toBeGreaterThan(45);
});

test('the caps let the next one through when the oldest of the hour is over', () => {
  const sent: Sent[] = Array.from({ length: 120 }, (_, i) => ({ at: now - hour / 2 + i, stranger: false }));
  expect(waitForCaps(sent.slice(1), settled)).toBe(0);
  expect(waitForCaps(sent, settled)).toBe(hour / 2);
  expect(waitForCaps(sent, { ...settled, now: now + hour / 2 })).toBe(0);
});

test('no hour and no day passes a cap, however messages press', () => {
  for (const linkedAt of [0, now]) {
    for (const stranger of [false, true]) {
      const sent: Sent[] = [];
      let at = now;
      while (at < now + 48 * hour) {
        at += waitForCaps(sent, { now: at, linkedAt, stranger });
        sent.push({ at, stranger });
        at += 1_000;
      }
      const most = (span: number) => Math.max(...sent.map((one) => sent.filter(({ at: other }) => other >= one.at && other < one.at + span).length));
      const [hourly, daily] = stranger ? (linkedAt === 0 ? [15, 60] : [8, 30]) : linkedAt === 0 ? [120, 1_000] : [30, 200];
      expect([most(hour), most(24 * hour)]).toEqual([hourly, daily]);
    }
  }
});

test('a device has the caps it is given, in the same shares', () => {
  const caps = { hour: 8, day: 20 };
  const most = (moment: Parameters<typeof waitForCaps>[1]): number => {
    const sent: Sent[] = [];
    while (sent.length < 100 && waitForCaps(sent, moment, caps) === 0) sent.push({ at: now, stranger: moment.stranger });
    return sent.length;
  };
  expect([most(settled), most({ ...settled, stranger: true }), most({ ...settled, linkedAt: now })]).toEqual([8, 1, 2]);
});

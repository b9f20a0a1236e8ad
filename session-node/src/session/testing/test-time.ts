import { stoppedClock } from '@waxos/process/clock';
import type { Time } from '../time.ts';

export interface TestTime extends Time {
  /** Time passes, and alarms ring on their way; what they begin may end before the next one rings. */
  pass: (ms: number) => Promise<void>;
  alarms: () => number;
}

/** Lets everything run that needs no time. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

export const openTestTime = (start = new Date('2026-05-01T08:00:00Z')): TestTime => {
  const clock = stoppedClock(start);
  const alarms = new Set<{ at: number; run: () => void }>();
  const now = (): number => clock.now().getTime();
  return {
    now: clock.now,
    after: (ms, run) => {
      const alarm = { at: now() + ms, run };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    pass: async (ms) => {
      const end = now() + ms;
      await settle();
      for (;;) {
        const due = [...alarms].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        alarms.delete(due);
        clock.advance(Math.max(0, due.at - now()));
        due.run();
        await settle();
      }
      clock.advance(end - now());
      await settle();
    },
    alarms: () => alarms.size,
  };
};

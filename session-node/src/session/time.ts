import { systemClock, type Clock } from '@waxos/process/clock';

/** A clock with alarms, so that a test decides when time passes. */
export interface Time extends Clock {
  after: (ms: number, run: () => void) => () => void;
}

/** Node rings at once where it is asked for longer. */
const longestMs = 2 ** 31 - 1;

export const systemTime: Time = {
  now: systemClock.now,
  after: (ms, run) => {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      timer = setTimeout(() => (leftMs > longestMs ? wait(leftMs - longestMs) : run()), Math.min(leftMs, longestMs));
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};

export const pauseFor = (time: Time, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const cancel = time.after(ms, () => {
      signal?.removeEventListener('abort', end);
      resolve();
    });
    const end = (): void => {
      cancel();
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
  });

import type { Page } from './page.ts';

/** Gives the tools a way to be there, as a person before the page would be. */
export const installAttendance = (): void => {
  const page = globalThis as unknown as Page;
  let until = 0;
  Object.assign(page.waxos, {
    watched: new Map(),
    isAttending: () => Date.now() < until,
    attend: (forMs: number) => {
      until = Math.max(until, Date.now() + forMs);
      const { Stream } = page.require('WAWebStreamModel');
      Stream.markAvailable();
      setTimeout(() => Date.now() >= until && Stream.markUnavailable(), forMs + 50);
    },
  });
};

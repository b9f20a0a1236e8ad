import { admit, type Load } from './admit.ts';
import { orderStarts, type Wanted } from './order-starts.ts';

/** Browsers are opened through it: as many at a time as memory and the processor allow, the most pressing first. */
export interface StartGate {
  /** Does it when it is its turn; throws NoRoom where that does not come for too long. */
  within: <T>(wanted: Wanted, start: () => Promise<T>) => Promise<T>;
  hasRoom: () => boolean;
  close: () => void;
}

class NoRoom extends Error {
  override name = 'NoRoom';
}

interface GateOptions {
  load: () => Omit<Load, 'starting'>;
  /** What each session takes. */
  measured: () => readonly number[];
  waitMs?: number;
  lookMs?: number;
  now?: () => number;
}

interface Waiting extends Wanted {
  go: () => void;
  refuse: (error: Error) => void;
}

export const openStartGate = ({ load, measured, waitMs = 60_000, lookMs = 200, now = Date.now }: GateOptions): StartGate => {
  let waiting: Waiting[] = [];
  let starting = 0;
  let timer: NodeJS.Timeout | undefined;

  const room = (): number => admit({ ...load(), starting }, measured());
  const look = (): void => {
    const free = room();
    const order = orderStarts(waiting);
    const admitted = order.slice(0, free);
    const rest = order.slice(free);
    waiting = rest.filter(({ askedAt }) => now() - askedAt <= waitMs);
    starting += admitted.length;
    for (const one of admitted) one.go();
    for (const one of rest) if (!waiting.includes(one)) one.refuse(new NoRoom('This node has no room for one more session.'));
    if (waiting.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const untilAdmitted = (wanted: Wanted): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ ...wanted, go: resolve, refuse: reject });
      timer ??= setInterval(look, lookMs);
      look();
    });

  return {
    within: async (wanted, start) => {
      await untilAdmitted(wanted);
      try {
        return await start();
      } finally {
        starting -= 1;
        if (waiting.length > 0) look();
      }
    },
    hasRoom: () => room() > 0,
    close: () => {
      clearInterval(timer);
      for (const one of waiting.splice(0)) one.refuse(new NoRoom('This node ends.'));
    },
  };
};

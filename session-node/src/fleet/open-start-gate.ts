import type { DeviceState } from '@waxos/contract/devices';
import { admit, roomInMemory, type Load } from './admit.ts';
import { orderStarts, type Wanted } from './order-starts.ts';

/**
 * Browsers are opened through it: as many at a time as memory and the processors allow, the most pressing first.
 *
 *   waiting ──let in──▶ launching ──browser there──▶ loading ──page told who it is──▶ syncing ──▶ settled
 *      └── too long ──▶ refused          └── failed, or too long in one of them ──────────────▶ settled
 *
 * Launching and loading keep the processors busy; until it has settled, memory is kept for what it will become.
 */
export interface StartGate {
  /** Does it when it is its turn; throws NoRoom where that does not come for too long. */
  within: <T>(wanted: Wanted, start: () => Promise<T>) => Promise<T>;
  /** Whether memory allows for so many more. */
  hasRoom: (count: number) => boolean;
  /** Nothing waits or is under way. */
  isCalm: () => boolean;
  close: () => void;
}

class NoRoom extends Error {
  override name = 'NoRoom';
}

type Stage = 'loading' | 'syncing' | 'settled';

interface GateOptions {
  load: () => Omit<Load, 'starting' | 'loading'>;
  /** What each session takes. */
  measured: () => readonly number[];
  /** Where a session is that was let in. */
  stageOf: (device: string) => Stage;
  waitMs?: number;
  lookMs?: number;
  now?: () => number;
}

/** Of a session that was begun: what waits for a person, or has ended, has settled. */
export const stageOf = (state: DeviceState | undefined): Stage => {
  if (state === 'starting' || state === 'reconnecting') return 'loading';
  return state === 'authenticating' || state === 'syncing' ? 'syncing' : 'settled';
};

interface Waiting extends Wanted {
  go: () => void;
  refuse: (error: Error) => void;
}

/** One that hangs in a stage holds nobody up for longer; its own deadlines see to it. */
const stageMs = 15_000;

export const openStartGate = ({ load, measured, stageOf: stage, waitMs = 60_000, lookMs = 100, now = Date.now }: GateOptions): StartGate => {
  let waiting: Waiting[] = [];
  let launching = 0;
  const begun = new Map<string, { stage: Stage; since: number }>();
  let timer: NodeJS.Timeout | undefined;

  const underWay = (): { starting: number; loading: number } => {
    for (const [device, was] of begun) {
      const is = stage(device);
      if (is === 'settled' || now() - was.since > stageMs) begun.delete(device);
      else if (is !== was.stage) begun.set(device, { stage: is, since: now() });
    }
    const loading = [...begun.values()].filter((one) => one.stage === 'loading').length;
    return { starting: launching + begun.size, loading: launching + loading };
  };
  const look = (): void => {
    const sight = { ...load(), ...underWay() };
    const free = admit(sight, measured());
    const order = orderStarts(waiting);
    const admitted = order.slice(0, free);
    const rest = order.slice(free);
    // For the processors it waits as long as it takes; memory that is lacking is not there a minute later either.
    const isFull = roomInMemory(sight, measured()) < 1;
    waiting = isFull ? rest.filter(({ askedAt }) => now() - askedAt <= waitMs) : rest;
    launching += admitted.length;
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
        const started = await start();
        begun.set(wanted.device, { stage: 'loading', since: now() });
        return started;
      } finally {
        launching -= 1;
        if (waiting.length > 0) look();
      }
    },
    hasRoom: (count) => roomInMemory({ ...load(), ...underWay() }, measured()) >= count,
    isCalm: () => waiting.length === 0 && underWay().starting === 0,
    close: () => {
      clearInterval(timer);
      for (const one of waiting.splice(0)) one.refuse(new NoRoom('This node ends.'));
    },
  };
};

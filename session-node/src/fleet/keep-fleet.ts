import type { DeviceState } from '@waxos/contract/devices';
import { typicalBytes } from './admit.ts';
import { pickRecycled } from './pick-recycled.ts';
import { planEconomy, type EconomyTimes } from './plan-economy.ts';

/** A session as the fleet sees it. */
export interface KeptSession {
  state: () => DeviceState;
  measureBytes: () => Promise<number>;
  isQuiet: () => boolean;
  standing: () => { activeAt: number; pressing: boolean; asleep: boolean; economy: boolean };
  nudge: (input: { is: 'sleep' } | { is: 'wake' } | { is: 'restart'; reason: 'memory' }) => void;
}

export interface Fleet {
  measure: (sessions: ReadonlyMap<string, KeptSession>) => Promise<void>;
  /** Measures all sessions, then recycles, puts to sleep and wakes those whose time it is. */
  look: (sessions: ReadonlyMap<string, KeptSession>) => Promise<void>;
  measured: () => readonly number[];
  /** The same, by device. */
  sizes: () => ReadonlyMap<string, number>;
  usedBytes: () => number;
}

interface FleetOptions {
  budgetBytes: number;
  /** What the node itself takes. */
  ownBytes: () => number;
  now: () => number;
  random: () => number;
  /** For tests, which are in a hurry. */
  times?: FleetTimes | undefined;
}

export interface FleetTimes {
  economy?: EconomyTimes;
  /** Sooner after it was ready a session is not recycled. */
  youngestMs?: number;
}

interface Seen {
  what: string;
  since: number;
}

export const keepFleet = ({ budgetBytes, ownBytes, now, random, times = {} }: FleetOptions): Fleet => {
  const seen = new Map<string, Seen>();
  let sizes = new Map<string, number>();

  const usedBytes = (): number => [...sizes.values()].reduce((sum, bytes) => sum + bytes, ownBytes());
  /** Since when it is as it is; noticed at a look, so some seconds late. */
  const sinceOf = (device: string, session: KeptSession): number => {
    const what = session.standing().asleep ? 'asleep' : session.state();
    const before = seen.get(device);
    if (before?.what === what) return before.since;
    seen.set(device, { what, since: now() });
    return now();
  };
  const measure = async (sessions: ReadonlyMap<string, KeptSession>): Promise<void> => {
    sizes = new Map(await Promise.all([...sessions].map(async ([device, session]) => [device, await session.measureBytes()] as const)));
  };
  return {
    measure,
    look: async (sessions) => {
      await measure(sessions);
      for (const device of seen.keys()) if (!sessions.has(device)) seen.delete(device);
      const ready = [...sessions].flatMap(([device, session]) => {
        const readyAt = sinceOf(device, session);
        return session.state() === 'ready' ? [{ device, bytes: sizes.get(device) ?? 0, quiet: session.isQuiet(), readyAt }] : [];
      });
      const recycled = pickRecycled(ready, { now: now(), budgetBytes, usedBytes: usedBytes(), typicalBytes: typicalBytes([...sizes.values()]), youngestMs: times.youngestMs });
      for (const device of recycled) sessions.get(device)?.nudge({ is: 'restart', reason: 'memory' });
      for (const [device, session] of sessions) {
        const { economy, ...standing } = session.standing();
        if (!economy || recycled.includes(device) || !(standing.asleep || session.state() === 'ready')) continue;
        const plan = planEconomy({ ...standing, quiet: session.isQuiet(), since: sinceOf(device, session) }, { now: now(), random, times: times.economy });
        if (plan !== undefined) session.nudge({ is: plan });
      }
    },
    measured: () => [...sizes.values()],
    sizes: () => sizes,
    usedBytes,
  };
};

import type { Heartbeat } from '@waxos/contract/node-link/frames';
import type { Builds } from './keep-builds.ts';
import type { LoadMeter } from './measure-load.ts';

/** What is told of a node with each heartbeat, and to whoever reads its metrics. */
export type Measured = Omit<Heartbeat, 'at' | 'running'>;

/** A session as it is measured. */
interface MeasuredSession {
  waiting: () => { events: number; bytes: number; oldestAt: number | undefined };
}

interface MeasureOptions {
  budgetBytes: number;
  now: () => number;
  sessions: () => ReadonlyMap<string, MeasuredSession>;
  countByState: () => Record<string, number>;
  meter: Pick<LoadMeter, 'read'>;
  memory: { usedBytes: () => number; sizes: () => ReadonlyMap<string, number> };
  profiles: { usedBytes: () => number; sizes: () => ReadonlyMap<string, number> };
  restarts: Readonly<Record<string, number>>;
  builds: Pick<Builds, 'list'>;
}

export const measureNode = ({ budgetBytes, now, sessions, countByState, meter, memory, profiles, restarts, builds }: MeasureOptions): Measured => {
  const waiting = [...sessions().values()].map((session) => session.waiting());
  const sum = (of: (one: (typeof waiting)[number]) => number): number => waiting.reduce((total, one) => total + of(one), 0);
  const disk = profiles.sizes();
  return {
    memoryBytes: memory.usedBytes(),
    budgetBytes,
    ...meter.read(),
    sessions: countByState(),
    profileBytes: profiles.usedBytes(),
    waiting: { events: sum(({ events }) => events), bytes: sum(({ bytes }) => bytes), oldestMs: Math.max(0, ...waiting.map(({ oldestAt }) => (oldestAt === undefined ? 0 : now() - oldestAt))) },
    restarts: { ...restarts },
    builds: builds.list(),
    each: [...memory.sizes()].map(([device, memoryBytes]) => {
      const profileBytes = disk.get(device);
      return { device, memoryBytes, ...(profileBytes === undefined ? {} : { profileBytes }) };
    }),
  };
};

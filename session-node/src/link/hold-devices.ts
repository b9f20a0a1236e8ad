import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { SessionReason } from '@waxos/contract/node-link/events';
import type { DeviceState } from '@waxos/contract/devices';
import type { EventSource } from './event-source.ts';
import type { Attached } from './open-sender.ts';

/** A session as the node holds it, whatever runs it. */
export interface HeldSession {
  /** Resolves when it is kept, through a crash too. */
  obey: (frame: CommandFrame) => Promise<void> | void;
  state: () => DeviceState;
  /** Resolves when it is stopped and no process of it is left. */
  stop: (reason: SessionReason) => Promise<void>;
  /** Whatever it is at: no process of it runs on. */
  kill: (reason: SessionReason) => void;
}

/** What there is of a device on this node: its session, and what it tells. */
export interface HeldDevice<S extends HeldSession = HeldSession> {
  session: S;
  outbox: EventSource & { watch: (watcher: { kept: () => void }) => () => void; kept: () => Promise<void>; close: () => Promise<void> };
}

export interface Devices<S extends HeldSession> {
  running: () => { device: string; epoch: number }[];
  obey: (frame: CommandFrame) => Promise<void>;
  /** It may not speak for the device any more: it ends, and what it told stays on the disk for the next lease. */
  lose: (device: string, epoch: number) => void;
  /** The same, and at once: there is no time left to close anything. */
  cut: (device: string, epoch: number) => void;
  countByState: () => Record<string, number>;
  /** Those that are open, by device. */
  sessions: () => ReadonlyMap<string, S>;
  /** Lets go of those that are stopped and have told everything. */
  sweep: () => void;
  /**
   * Resolves when all are stopped, and what they told of it can be read. A few close at a time, in this order, since many
   * at once would be too slow for each; what is left after so long is killed.
   */
  stopAll: (how: { withinMs: number; order: (a: S, b: S) => number }) => Promise<void>;
  /** Once everything is told. */
  close: () => Promise<void>;
}

interface DevicesOptions<S extends HeldSession> {
  open: (frame: CommandFrame) => Promise<HeldDevice<S>>;
  attach: (source: EventSource) => Attached;
  released: (device: string) => void;
  report: (error: unknown, device: string) => void;
}

interface Entry<S extends HeldSession = HeldSession> {
  epoch: number;
  held?: HeldDevice<S>;
  detach?: () => void;
}

/**
 *   absent ──session.start──▶ opening ──▶ held ──stopped and all told, or the lease is lost──▶ absent
 *
 * What is asked of a device is done in its turn, one after another; devices do not wait for each other.
 */
export const holdDevices = <S extends HeldSession>(options: DevicesOptions<S>): Devices<S> => {
  const { released, report } = options;
  const entries = new Map<string, Entry<S>>();
  const { inTurn, isBusy } = openTurnsOf();
  const later = (device: string, act: () => Promise<void> | void): Promise<void> => inTurn(device, act).catch((error: unknown) => report(error, device));

  const letGo = async (device: string, entry: Entry<S>): Promise<void> => {
    entry.detach?.();
    await entry.held?.outbox.close();
    if (entries.get(device) !== entry) return;
    entries.delete(device);
    released(device);
  };
  const end = async (device: string, entry: Entry<S>, reason: SessionReason): Promise<void> => {
    await entry.held?.session.stop(reason);
    await letGo(device, entry);
  };
  const lose = (device: string, epoch: number): void => {
    const entry = entries.get(device);
    if (entry?.epoch === epoch) void later(device, () => (entries.get(device) === entry ? end(device, entry, 'lease_lost') : undefined));
  };
  const all = (act: (device: string, entry: Entry<S>) => Promise<void>): Promise<unknown> => Promise.all([...entries].map(([device, entry]) => later(device, () => act(device, entry))));

  return {
    running: () => [...entries].map(([device, { epoch }]) => ({ device, epoch })),
    obey: obeyIn({ entries, inTurn, begin: beginIn(entries, options), end: (device, entry) => end(device, entry, 'lease_lost') }),
    lose,
    cut: (device, epoch) => {
      const entry = entries.get(device);
      if (entry?.epoch !== epoch) return;
      entry.held?.session.kill('lease_lost');
      lose(device, epoch);
    },
    countByState: () => countStates([...sessionsOf(entries).values()]),
    sessions: () => sessionsOf(entries),
    sweep: () => {
      for (const [device, entry] of entries) {
        if (isBusy(device) || !isStopped(entry)) continue;
        void later(device, async () => ((await isFinished(entry)) ? letGo(device, entry) : undefined));
      }
    },
    stopAll: (how) => stopAllOf(entries, later, how),
    close: async () => void (await all(letGo)),
  };
};

interface Obeying<S extends HeldSession> {
  entries: Map<string, Entry<S>>;
  inTurn: ReturnType<typeof openTurnsOf>['inTurn'];
  begin: (frame: CommandFrame, entry: Entry<S>) => Promise<HeldDevice<S>>;
  end: (device: string, entry: Entry<S>) => Promise<void>;
}

const obeyIn =
  <S extends HeldSession>({ entries, inTurn, begin, end }: Obeying<S>) =>
  (frame: CommandFrame): Promise<void> => {
    const { device, epoch, command } = frame;
    const before = entries.get(device);
    if (command.type === 'session.start' && before?.epoch !== epoch) {
      // Named as running from now on, so that what is asked behind the start is not refused.
      const entry: Entry<S> = { epoch };
      entries.set(device, entry);
      return inTurn(device, async () => {
        if (before !== undefined) await end(device, before);
        const held = await begin(frame, entry);
        await held.session.obey(frame);
      });
    }
    return inTurn(device, async () => {
      const held = entries.get(device)?.held;
      if (held === undefined) throw new Error('the device is not here any more');
      await held.session.obey(frame);
    });
  };

const beginIn =
  <S extends HeldSession>(entries: Map<string, Entry<S>>, { open, attach }: Pick<DevicesOptions<S>, 'open' | 'attach'>) =>
  async (frame: CommandFrame, entry: Entry<S>): Promise<HeldDevice<S>> => {
    try {
      const held = await open(frame);
      Object.assign(entry, { held, detach: join(held.outbox, attach) });
      return held;
    } catch (error) {
      if (entries.get(frame.device) === entry) entries.delete(frame.device);
      throw error;
    }
  };

const join = (outbox: HeldDevice['outbox'], attach: DevicesOptions<HeldSession>['attach']): (() => void) => {
  const { wake, detach } = attach(outbox);
  const unwatch = outbox.watch({ kept: wake });
  return () => {
    unwatch();
    detach();
  };
};

const isStopped = ({ held }: Entry): boolean => held?.session.state() === 'stopped';

const isFinished = async (entry: Entry): Promise<boolean> => {
  const left = await entry.held?.outbox.read(0, 1);
  return isStopped(entry) && left?.length === 0;
};

const stoppedAtATime = 8;

const stopAllOf = async <S extends HeldSession>(
  entries: ReadonlyMap<string, Entry<S>>,
  later: (device: string, act: () => Promise<void>) => Promise<void>,
  { withinMs, order }: { withinMs: number; order: (a: S, b: S) => number },
): Promise<void> => {
  const waiting = [...entries].toSorted(([, { held: a }], [, { held: b }]) => (a === undefined || b === undefined ? 0 : order(a.session, b.session)));
  const stopOn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [device, entry] = next;
      await later(device, () => stopEntry(device, entry));
    }
  };
  const late = setTimeout(() => {
    for (const { held } of entries.values()) held?.session.kill('asked');
  }, withinMs);
  await Promise.all(Array.from({ length: stoppedAtATime }, stopOn));
  clearTimeout(late);
};

const stopEntry = async (_device: string, { held }: Entry): Promise<void> => {
  await held?.session.stop('asked');
  await held?.outbox.kept();
};

const sessionsOf = <S extends HeldSession>(entries: ReadonlyMap<string, Entry<S>>): Map<string, S> => new Map([...entries].flatMap(([device, { held }]) => (held === undefined ? [] : [[device, held.session]])));

const countStates = (sessions: readonly HeldSession[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const session of sessions) counts[session.state()] = (counts[session.state()] ?? 0) + 1;
  return counts;
};

/** A row of turns for each device. */
const openTurnsOf = () => {
  const turns = new Map<string, Promise<void>>();
  const inTurn = (device: string, act: () => Promise<void> | void): Promise<void> => {
    const mine = (turns.get(device) ?? Promise.resolve()).then(act);
    const turn: Promise<void> = mine
      .catch(() => undefined)
      .then(() => {
        if (turns.get(device) === turn) turns.delete(device);
      });
    turns.set(device, turn);
    return mine;
  };
  return { inTurn, isBusy: (device: string): boolean => turns.has(device) };
};

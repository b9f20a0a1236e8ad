import type { DeviceState } from '@waxos/contract/devices';

/** A session as far as its profile goes. */
export interface KeptSession {
  state: () => DeviceState;
  isQuiet: () => boolean;
  profile: () => { keptAt: () => number | undefined; keepCopy: () => Promise<void>; measureDisk: () => Promise<number> } | undefined;
  nudge: (input: { is: 'restart'; reason: 'memory' }) => void;
}

export interface Profiles {
  /** Begins what is due: one copy at a time, and one measuring. */
  look: (sessions: ReadonlyMap<string, KeptSession>) => void;
  usedBytes: () => number;
  /** By device, of those that were measured. */
  sizes: () => ReadonlyMap<string, number>;
}

interface ProfilesOptions {
  /** How old a copy becomes before another is made. */
  everyMs: number;
  /** Above it a session is closed cleanly and opened again, which throws its caches away. */
  bytesMax: number;
  now: () => number;
  failed: (error: unknown, device: string) => void;
}

interface Seen {
  since: number;
  measuredAt: number;
  bytes: number;
  recycledAt: number;
}

/** A session that has just begun has other things to do, and little to lose. */
const firstMs = 10 * 60_000;
const measureEveryMs = 10 * 60_000;
/** What caches do not account for does not go with them either: not at once again. */
const recycleEveryMs = 24 * 3_600_000;

export const keepProfiles = ({ everyMs, bytesMax, now, failed }: ProfilesOptions): Profiles => {
  const seen = new Map<string, Seen>();
  let keeping = false;
  let measuring = false;

  const keep = async (device: string, session: KeptSession): Promise<void> => {
    keeping = true;
    await session
      .profile()
      ?.keepCopy()
      .catch((error: unknown) => {
        failed(error, device);
        // Whatever it is, it is not tried again at every look.
        Object.assign(seen.get(device) ?? {}, { since: now() });
      });
    keeping = false;
  };
  const measure = async (device: string, session: KeptSession): Promise<void> => {
    measuring = true;
    const about = seen.get(device);
    const bytes = await session.profile()?.measureDisk().catch((error: unknown) => failed(error, device));
    measuring = false;
    if (about === undefined) return;
    Object.assign(about, { measuredAt: now(), bytes: bytes ?? about.bytes });
    if (about.bytes <= bytesMax || now() - about.recycledAt < recycleEveryMs || !isAtEase(session)) return;
    about.recycledAt = now();
    session.nudge({ is: 'restart', reason: 'memory' });
  };
  const isDue = (device: string, session: KeptSession): boolean => {
    const { since = now() } = seen.get(device) ?? {};
    const keptAt = session.profile()?.keptAt();
    return isAtEase(session) && now() - Math.max(since + firstMs - everyMs, keptAt ?? 0) >= everyMs;
  };
  return {
    look: (sessions) => {
      for (const device of seen.keys()) if (sessions.get(device)?.profile() === undefined) seen.delete(device);
      const running = [...sessions].filter(([, session]) => session.profile() !== undefined);
      for (const [device] of running) if (!seen.has(device)) seen.set(device, { since: now(), measuredAt: 0, bytes: 0, recycledAt: 0 });
      const due = keeping ? undefined : running.find(([device, session]) => isDue(device, session));
      if (due !== undefined) void keep(...due);
      const old = measuring ? undefined : running.find(([device]) => now() - (seen.get(device)?.measuredAt ?? 0) >= measureEveryMs);
      if (old !== undefined) void measure(...old);
    },
    usedBytes: () => [...seen.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    sizes: () => new Map([...seen].flatMap(([device, { bytes }]) => (bytes === 0 ? [] : [[device, bytes]]))),
  };
};

/** Nobody waits for it just now. */
const isAtEase = (session: KeptSession): boolean => session.state() === 'ready' && session.isQuiet();

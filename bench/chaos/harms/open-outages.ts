import type { EventFrame } from '@waxos/contract/node-link/frames';

export type HarmKind = 'renderer' | 'browser' | 'network' | 'link' | 'node' | 'restart' | 'freeze';

/** Something that was done to a device, or to all, and how long it took until it was as before. */
export interface Harm {
  kind: HarmKind;
  device: string | undefined;
  at: number;
  /** Its cause is over, so that it can heal. */
  endedAt: number;
  healedAt: number | undefined;
}

export interface Outages {
  begin: (kind: HarmKind, device?: string) => Harm;
  /** The cause is over. */
  end: (harm: Harm) => void;
  heal: (harm: Harm) => void;
  /** A device that tells that it is ready after the cause was over has healed of it. */
  hear: (frame: EventFrame) => void;
  /** Whether something was wrong with the device at that time, or had been shortly before. */
  isWithin: (device: string, atMs: number) => boolean;
  /** The devices that have not healed of it. */
  waitingFor: (harm: Harm) => string[];
  /** What was done to a device and what it said, in order. */
  tellOf: (device: string) => string[];
  counts: () => Partial<Record<HarmKind, number>>;
  /** Milliseconds from the end of the cause, of those that were noticed at all. */
  recoveries: () => Map<HarmKind, number[]>;
}

const afterMs = 5_000;

export const openOutages = (devices: () => readonly string[], now: () => number): Outages => {
  const harms: Harm[] = [];
  const waiting = new Map<Harm, Set<string>>();
  const said: { device: string; at: number; text: string }[] = [];
  const heal = (harm: Harm): void => {
    harm.healedAt ??= now();
    waiting.delete(harm);
  };
  return {
    begin: (kind, device) => {
      const harm: Harm = { kind, device, at: now(), endedAt: kind === 'network' || kind === 'link' || kind === 'freeze' ? Infinity : now(), healedAt: undefined };
      harms.push(harm);
      if (kind !== 'link') waiting.set(harm, new Set(device === undefined ? devices() : [device]));
      return harm;
    },
    end: (harm) => void (harm.endedAt = now()),
    heal,
    hear: ({ device, event, at }) => {
      if (event.type === 'session.linked') said.push({ device, at, text: 'linked' });
      if (event.type !== 'session.changed') return;
      said.push({ device, at, text: [event.state, event.reason].join(' ').trim() });
      if (event.state !== 'ready') return;
      for (const [harm, left] of waiting) {
        if (at <= harm.endedAt || !left.delete(device) || left.size > 0) continue;
        heal(harm);
      }
    },
    isWithin: (device, atMs) => harms.some((harm) => (harm.device === undefined || harm.device === device) && atMs > harm.at - 1_000 && atMs < (harm.healedAt ?? (harm.endedAt === Infinity ? Infinity : harm.endedAt + afterMs)) + afterMs),
    waitingFor: (harm) => [...(waiting.get(harm) ?? [])],
    tellOf: (device) =>
      [...said.filter((one) => one.device === device), ...harms.filter((harm) => harm.device === undefined || harm.device === device).map(({ at, kind, endedAt }) => ({ at, text: `${kind.toUpperCase()} ${endedAt === at ? '' : `for ${endedAt - at} ms`}` }))]
        .toSorted((a, b) => a.at - b.at)
        .map(({ at, text }) => `${new Date(at).toISOString().slice(14, 23)} ${text}`),
    counts: () => {
      const counts: Partial<Record<HarmKind, number>> = {};
      for (const { kind } of harms) counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    },
    recoveries: () => {
      const found = new Map<HarmKind, number[]>();
      for (const { kind, healedAt, endedAt } of harms) if (healedAt !== undefined) found.set(kind, [...(found.get(kind) ?? []), healedAt - endedAt]);
      return found;
    },
  };
};

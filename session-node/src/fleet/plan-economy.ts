/** A device for which minutes are soon enough: its browser is closed between looks. */
export interface Economical {
  asleep: boolean;
  /** When it fell asleep, or became ready. */
  since: number;
  quiet: boolean;
  /** Something is to be sent. */
  pressing: boolean;
  /** When its last message came or went. */
  activeAt: number;
}

/** How long it is awake at least, lets a conversation rest, and sleeps at least and at most. */
export interface EconomyTimes {
  awakeMs: number;
  restlessMs: number;
  shortestMs: number;
  longestMs: number;
}

const minute = 60_000;
const usual: EconomyTimes = { awakeMs: 2 * minute, restlessMs: 10 * minute, shortestMs: 3 * minute, longestMs: 15 * minute };

/** Longer the longer nothing came: a number that spoke an hour ago is looked at more often than one that is silent. */
export const sleepMs = (silentMs: number, { shortestMs, longestMs }: EconomyTimes = usual): number => Math.min(longestMs, Math.max(shortestMs, silentMs / 8));

/** Whether it sleeps, wakes, or goes on as it is. By chance no two of a fleet wake in the same second. */
export const planEconomy = (session: Economical, { now, random, times = usual }: { now: number; random: () => number; times?: EconomyTimes | undefined }): 'sleep' | 'wake' | undefined => {
  if (session.asleep) {
    const due = session.since + sleepMs(session.since - session.activeAt, times) * (0.9 + 0.2 * random());
    return session.pressing || now >= due ? 'wake' : undefined;
  }
  const talking = now - session.activeAt < times.restlessMs;
  return session.quiet && !session.pressing && !talking && now - session.since >= times.awakeMs ? 'sleep' : undefined;
};

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

const minute = 60_000;
const awakeMs = 2 * minute;
const restlessMs = 10 * minute;
const shortestMs = 3 * minute;
const longestMs = 15 * minute;

/** Longer the longer nothing came: a number that spoke an hour ago is looked at more often than one that is silent. */
export const sleepMs = (silentMs: number): number => Math.min(longestMs, Math.max(shortestMs, silentMs / 8));

/** Whether it sleeps, wakes, or goes on as it is. By chance no two of a fleet wake in the same second. */
export const planEconomy = (session: Economical, now: number, random: () => number): 'sleep' | 'wake' | undefined => {
  if (session.asleep) {
    const due = session.since + sleepMs(session.since - session.activeAt) * (0.9 + 0.2 * random());
    return session.pressing || now >= due ? 'wake' : undefined;
  }
  const talking = now - session.activeAt < restlessMs;
  return session.quiet && !session.pressing && !talking && now - session.since >= awakeMs ? 'sleep' : undefined;
};

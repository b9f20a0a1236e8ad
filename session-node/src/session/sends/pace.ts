import type { Outgoing } from '@waxos/contract/node-link/commands';

/**
 * How a person would send. A number that answers faster than anybody types, or writes to many strangers soon after it
 * was linked, is one that WhatsApp looks at.
 */
export interface Sent {
  at: number;
  stranger: boolean;
}

interface Moment {
  now: number;
  linkedAt: number;
  /** They never wrote to us. */
  stranger: boolean;
}

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

const newlyLinkedMs = 3 * day;

/** What a device may send at most. */
export interface Caps {
  hour: number;
  day: number;
}
const usualCaps: Caps = { hour: 120, day: 1_000 };

const shareOf = ({ hour, day }: Caps, ofHour: number, ofDay: number): Caps => ({ hour: Math.ceil(hour * ofHour), day: Math.ceil(day * ofDay) });
const afterLinking = (caps: Caps): Caps => shareOf(caps, 1 / 4, 1 / 5);
const toStrangers = (caps: Caps): Caps => shareOf(caps, 1 / 8, 6 / 100);

const isNew = ({ now, linkedAt }: Moment): boolean => now - linkedAt < newlyLinkedMs;

const wordsOf = (content: Outgoing): string => {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'media') return content.caption ?? '';
  return content.kind === 'poll' ? [content.question, ...content.options].join(' ') : '';
};

/** How long to wait before a message, of which the last part shows typing. */
export const delayOf = (content: Outgoing, moment: Moment, random: () => number): { thinkMs: number; typeMs: number } => {
  const slower = (isNew(moment) ? 1.8 : 1) * (moment.stranger ? 1.5 : 1);
  const thinkMs = (500 + 1_500 * random()) * slower;
  const perLetterMs = 25 + 35 * random();
  const typeMs = Math.min(15 * second, wordsOf(content).length * perLetterMs) * slower;
  return { thinkMs: Math.round(thinkMs), typeMs: Math.round(typeMs) };
};

/** How long until the caps let one more through; zero: now. */
export const waitForCaps = (sent: readonly Sent[], moment: Moment, caps: Caps = usualCaps): number => {
  const general = untilUnder(sent, isNew(moment) ? afterLinking(caps) : caps, moment.now);
  if (!moment.stranger) return general;
  const strangers = isNew(moment) ? shareOf(toStrangers(caps), 1 / 2, 1 / 2) : toStrangers(caps);
  const toThem = sent.filter(({ stranger }) => stranger);
  return Math.max(general, untilUnder(toThem, strangers, moment.now));
};

const untilUnder = (sent: readonly Sent[], { hour: hourly, day: daily }: Caps, now: number): number => Math.max(untilRoom(sent, { span: hour, most: hourly }, now), untilRoom(sent, { span: day, most: daily }, now));

const untilRoom = (sent: readonly Sent[], { span, most }: { span: number; most: number }, now: number): number => {
  const within = sent.filter(({ at }) => at > now - span).toSorted((a, b) => a.at - b.at);
  const blocking = within.at(-most);
  return within.length < most || blocking === undefined ? 0 : blocking.at + span - now;
};

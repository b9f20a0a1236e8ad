/**
 * Load that looks like a shop's day: customers write at a rate, some of it media, some in groups; they edit, react,
 * and answer a while after the shop has written to them. The same seed plays the same script.
 */
export interface Script {
  /** Accounts whose devices get the messages. */
  shops: readonly string[];
  customers: number;
  perSecond: number;
  /** Shares of what is written, each 0 to 1. */
  media?: number;
  groups?: number;
  edits?: number;
  reactions?: number;
  /** How long a customer thinks before answering the shop; nobody answers without it. */
  answerAfterMs?: readonly [number, number];
}

/** A session that is wanted and does not run. */
export interface Wanted {
  device: string;
  /** A person looks at its QR. */
  linking: boolean;
  /** Its newest message, in seconds. */
  activeAt: number;
  /** It failed so often since it was last ready. */
  failures: number;
  askedAt: number;
}

/**
 * Who looks at a QR goes first; then those whose chats were active last, since somebody waits there. What fails again
 * and again goes behind what does not, so that it cannot hold the others up.
 */
export const orderStarts = <W extends Wanted>(wanted: readonly W[]): W[] =>
  wanted.toSorted((a, b) => Number(b.linking) - Number(a.linking) || Math.min(a.failures, 3) - Math.min(b.failures, 3) || b.activeAt - a.activeAt || a.askedAt - b.askedAt || a.device.localeCompare(b.device));

/** A session as it runs. */
export interface Measured {
  device: string;
  bytes: number;
  /** Nothing is sent, read back or heard. */
  quiet: boolean;
  readyAt: number;
}

const outgrownShare = 1.8;
/** Restarted sooner, it would only sync again. */
const usualYoungestMs = 30 * 60_000;
/** Past so much of the budget the largest goes even where it did not outgrow its own. */
const pressedShare = 0.95;
const atATime = 2;

interface Node {
  now: number;
  budgetBytes: number;
  usedBytes: number;
  /** What a session usually takes. */
  typicalBytes: number;
  youngestMs?: number | undefined;
}

/** Which sessions are to be closed cleanly and opened again, at a quiet moment of theirs; the largest first. */
export const pickRecycled = (sessions: readonly Measured[], { now, budgetBytes, usedBytes, typicalBytes, youngestMs = usualYoungestMs }: Node): string[] => {
  const pressed = usedBytes > budgetBytes * pressedShare;
  return sessions
    .filter(({ bytes, quiet, readyAt }) => quiet && now - readyAt >= youngestMs && (bytes > typicalBytes * outgrownShare || (pressed && bytes > typicalBytes)))
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, atATime)
    .map(({ device }) => device);
};

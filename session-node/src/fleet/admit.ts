/** What the node holds, as it is measured. */
export interface Load {
  budgetBytes: number;
  /** Of all browsers together. */
  usedBytes: number;
  /** Opening, and not yet what they will be. */
  starting: number;
  loopDelayMs: number;
}

/** What a session takes once it has synced, where none was measured yet. */
const usualSessionBytes = 110 * 1_024 * 1_024;
/** A browser that opens takes more than one that has settled. */
const startingShare = 1.4;
const reserveShare = 0.08;
/** So many open at once: more of them on the same processors are not ready sooner. */
const startingMax = 4;
const busyLoopMs = 200;

/** How many more sessions may be opened now, by memory and not by count. */
export const admit = (load: Load, measured: readonly number[]): number => {
  if (load.loopDelayMs > busyLoopMs) return 0;
  const each = typicalBytes(measured);
  const free = load.budgetBytes * (1 - reserveShare) - load.usedBytes - load.starting * each * startingShare;
  const byMemory = Math.floor(free / (each * startingShare));
  return Math.max(0, Math.min(byMemory, startingMax - load.starting));
};

/** Three quarters of the sessions take no more: one that outgrew its budget does not keep the others out. */
export const typicalBytes = (measured: readonly number[]): number => {
  const sorted = measured.filter((bytes) => bytes > 0).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.75)] ?? usualSessionBytes;
};

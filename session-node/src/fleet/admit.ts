/** What the node holds and does, as it is measured. */
export interface Load {
  budgetBytes: number;
  /** Of all browsers together. */
  usedBytes: number;
  /** Begun, and not yet what they will be. */
  starting: number;
  /** Those among them whose browser starts or whose page loads: they use whatever the processors give. */
  loading: number;
  processors: number;
  /** Of all processors, whoever keeps them busy. */
  cpuShare: number;
  loopDelayMs: number;
}

/** What a session takes once it has synced, where none was measured yet. */
const usualSessionBytes = 110 * 1_024 * 1_024;
/** A browser that opens takes more than one that has settled. */
const startingShare = 1.4;
const reserveShare = 0.08;
/** So many load for each processor, however busy it is: else a machine that others keep busy would never start one. */
const loadingMin = 2;
/** So many at most where processors are idle in between; more of them are not ready sooner. */
const loadingMax = 4;
const busyShare = 0.9;
const busyLoopMs = 200;

/** How many more sessions may be opened now, by memory and processors and not by count. */
export const admit = (load: Load, measured: readonly number[]): number => Math.max(0, Math.min(roomInMemory(load, measured), roomOnProcessors(load)));

export const roomInMemory = ({ budgetBytes, usedBytes, starting }: Load, measured: readonly number[]): number => {
  const each = typicalBytes(measured) * startingShare;
  return Math.floor((budgetBytes * (1 - reserveShare) - usedBytes - starting * each) / each);
};

const roomOnProcessors = ({ loading, processors, cpuShare, loopDelayMs }: Load): number => {
  // One at a time goes on even then: else a node whose machine others keep busy would never start any.
  if (loopDelayMs > busyLoopMs) return loading === 0 ? 1 : 0;
  if (loading < processors * loadingMin) return processors * loadingMin - loading;
  // A few more at a time: what they take shows at the next look.
  return cpuShare < busyShare ? Math.min(processors, processors * loadingMax - loading) : 0;
};

/** Three quarters of the sessions take no more: one that outgrew its budget does not keep the others out. */
export const typicalBytes = (measured: readonly number[]): number => {
  const sorted = measured.filter((bytes) => bytes > 0).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.75)] ?? usualSessionBytes;
};

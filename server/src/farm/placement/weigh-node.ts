import type { Farm, NodeRecord } from './farm.ts';
import type { Policy } from './policy.ts';

const minute = 60_000;
const ripenessMin = 0.1;

/** Measured and expected, whichever is more: what waits was not measured, what grew was not expected. */
const committedBytes = ({ node, expectedBytes, waitingBytes }: NodeRecord): number => Math.max((node?.usedBytes ?? 0) + waitingBytes, expectedBytes);

/** What is starting is counted as not measured, which at worst counts it twice: a budget is never passed in between. */
export const freeBytes = ({ node, expectedBytes, waitingBytes, startingBytes }: NodeRecord, { reserveShare }: Policy): number => {
  if (node === undefined) return 0;
  return node.budgetBytes * (1 - reserveShare) - Math.max(node.usedBytes + waitingBytes + startingBytes, expectedBytes);
};

export const shareOf = (record: NodeRecord): number => committedBytes(record) / (record.node?.budgetBytes ?? 1);

/** Whether it uses more than it may, even when all that is closing will be gone. */
export const isPressed = ({ node, leaving }: NodeRecord, { pressedShare }: Policy): boolean => {
  if (node === undefined) return false;
  let used = node.usedBytes;
  for (const { device } of leaving) used -= device.expectedBytes;
  return used > node.budgetBytes * pressedShare;
};

/** How much load so many bytes are on it. */
export const loadBy = ({ node, ripeness }: NodeRecord, bytes: number): number => bytes / ((node?.budgetBytes ?? 1) * ripeness);

/** After anything that counts has changed: puts it where it belongs in its lists. */
export const weigh = (record: NodeRecord): void => {
  const load = loadBy(record, committedBytes(record) + record.promisedBytes);
  if (load === record.load) return;
  for (const list of record.lists) list.take(record);
  record.load = load;
  for (const list of record.lists) list.put(record);
};

/** Once before a decision: time has passed. */
export const ripen = (farm: Farm, now: number): void => {
  for (const record of farm.young) {
    const age = now - (record.node?.joinedAt ?? now);
    const ripeness = Math.min(1, Math.max(ripenessMin, age / farm.policy.warmingMs));
    if (ripeness !== record.ripeness) {
      for (const list of record.lists) list.take(record);
      record.ripeness = ripeness;
      record.load = loadBy(record, committedBytes(record) + record.promisedBytes);
      for (const list of record.lists) list.put(record);
    }
    if (ripeness === 1) farm.young.delete(record);
  }
};

/** Starts that may be granted now. */
export const freeStarts = (record: NodeRecord, { startsAtOnce, startMs }: Policy, now: number): number => {
  let starting = 0;
  for (const { device } of record.starting) if (now - (device.placed?.startedAt ?? 0) < startMs) starting += 1;
  return startsAtOnce - Math.max(starting, record.node?.starting ?? 0);
};

/** So many more would be started at once. Nothing that runs is closed to wait elsewhere for its start. */
export const spareStarts = (record: NodeRecord, policy: Policy, now: number): number => Math.max(0, freeStarts(record, policy, now) - record.waiting.size());

/** Moves that it may see yet in this minute. */
export const freeMoves = (record: NodeRecord, { movesPerMinute }: Policy, now: number): number => {
  while ((record.movedAt[0] ?? now) <= now - minute) record.movedAt.shift();
  return Math.max(0, movesPerMinute - record.movedAt.length);
};

import type { InboxVerdict } from '../inboxes/compare-inbox.ts';

type Counts = Record<keyof InboxVerdict, number>;

export const sumVerdicts = (verdicts: readonly InboxVerdict[]): Counts => {
  const counts: Counts = { expected: 0, lost: 0, doubled: 0, outOfOrder: 0, unknown: 0, misfiled: 0, stale: 0, misreacted: 0 };
  for (const { expected, ...lists } of verdicts) {
    counts.expected += expected;
    for (const [name, ids] of Object.entries(lists)) counts[name as keyof typeof lists] += ids.length;
  }
  return counts;
};

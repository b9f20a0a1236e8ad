export interface Rate {
  perSecond: number;
  p95Ms: number;
}

/** Lets a number of callers act again and again for a while. */
export const measureRate = async (act: () => Promise<unknown>, { callers, durationMs }: { callers: number; durationMs: number }): Promise<Rate> => {
  const times: number[] = [];
  const begin = performance.now();
  const caller = async (): Promise<void> => {
    for (let from = performance.now(); from - begin < durationMs; from = performance.now()) {
      await act();
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - begin) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return { perSecond: times.length / seconds, p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
};

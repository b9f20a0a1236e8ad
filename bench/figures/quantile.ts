/** By nearest rank: a time that was really seen. */
export const quantile = (times: readonly number[], share: number): number => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? Number.NaN;

export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

export const spreadOf = (times: readonly number[]): Spread => ({ p50: Math.round(quantile(times, 0.5)), p95: Math.round(quantile(times, 0.95)), max: Math.round(Math.max(...times)) });

export const ratioOf = (ours: number, theirs: number): number => Number((ours / theirs).toFixed(3));

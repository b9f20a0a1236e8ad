import type { Move } from '@waxos/server/farm/placement/decision';
import { measureSpread, measureTogether, quantile } from './measure-spread.ts';
import type { PretendFarm } from './run-farm.ts';

/** Moves that cannot be fewer. */
export interface Least {
  /** Of what had to leave its node. */
  must: number;
  /** For the margin, as the nodes were when the phase began. */
  even: number;
}

interface Played extends Least {
  farm: PretendFarm;
  /** Of the farm, until all was done. */
  seconds: number;
}

/** Says what a phase came to, and gives its figures. */
export const reportPhase = (phase: string, { farm, seconds, must, even }: Played): Record<string, unknown> => {
  const { decideMs, decideCpuMs, moves, overBudget } = farm.figures();
  const devices = farm.devices();
  const used = measureSpread(farm.nodes(), devices);
  const spread = { p50: round(used.p50, 3), p95: round(used.p95, 3), max: round(used.max, 3), cv: round(used.cv, 3) };
  const figures = {
    phase,
    seconds,
    moves: countByReason(moves),
    least_moves: { must, even },
    used: spread,
    together: round(measureTogether(devices), 4),
    decide_ms: quantilesOf(decideMs),
    // The processor's time is counted in steps of milliseconds, so their middle says nothing.
    decide_cpu_ms: { mean: round(decideCpuMs.reduce((sum, ms) => sum + ms, 0) / decideCpuMs.length, 2), max: round(Math.max(...decideCpuMs), 1) },
    over_budget: overBudget,
  };
  const made = Object.entries(figures.moves).map(([why, count]) => `${count} ${why}`);
  console.log(`${phase}: ${seconds} s of the farm; moves: ${made.join(', ') || 'none'} (least: ${must} had to, ${even} to even)`);
  console.log(`  used p50 ${spread.p50} p95 ${spread.p95} max ${spread.max}, variation ${spread.cv}; ${(figures.together * 100).toFixed(1)} % of workspaces together; over budget ${overBudget} times`);
  console.log(`  ${decideMs.length} decisions: ${tell(figures.decide_ms)} ms; of the processor ${figures.decide_cpu_ms.mean} in the mean, longest ${figures.decide_cpu_ms.max} ms`);
  return figures;
};

const countByReason = (moves: readonly Move[]): Record<string, number> => Object.fromEntries([...Map.groupBy(moves, ({ why }) => why)].map(([why, list]) => [why, list.length]));

interface Quantiles {
  p50: number;
  p95: number;
  max: number;
}

const quantilesOf = (list: readonly number[]): Quantiles => {
  const sorted = list.toSorted((a, b) => a - b);
  return { p50: round(quantile(sorted, 0.5), 2), p95: round(quantile(sorted, 0.95), 2), max: round(sorted.at(-1) ?? 0, 1) };
};

const tell = ({ p50, p95, max }: Quantiles): string => `p50 ${p50}, p95 ${p95}, longest ${max}`;

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

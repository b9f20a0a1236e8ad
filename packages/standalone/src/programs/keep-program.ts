import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from './spawn-program.ts';

/**
 * A program that is started again when it ends by itself.
 *
 *   running ──ended──▶ waiting(1, 2, 4 … 30 s) ──▶ starting ──is ready──▶ running
 *      └──stop──▶ stopped ◀──stop──────┴──────────────┘
 */
export interface KeptProgram<P extends Program = Program> {
  /** As it was when it was first ready. */
  first: P;
  stop: () => Promise<void>;
}

interface KeepOptions<P extends Program> {
  /** As it stands in a sentence: 'The gateway'. */
  name: string;
  start: (signal: AbortSignal) => Promise<P>;
  say: (sentence: string) => void;
  signal: AbortSignal;
}

const firstWaitMs = 1000;
const longestWaitMs = 30_000;
/** After so long it counts as healthy, and the next wait is short again. */
const steadyMs = 60_000;

/** Resolves when the first one is ready; a first one that is not is a bad start. */
export const keepProgram = async <P extends Program>({ name, start, say, signal }: KeepOptions<P>): Promise<KeptProgram<P>> => {
  const stopping = new AbortController();
  const first = await start(signal);
  let current: P | undefined = first;
  const keeping = (async () => {
    let waitMs = firstWaitMs;
    while (!stopping.signal.aborted) {
      const began = performance.now();
      const how = await current?.ended;
      if (stopping.signal.aborted) return;
      if (how !== undefined && performance.now() - began > steadyMs) waitMs = firstWaitMs;
      if (how !== undefined) say(`${name} ended (${how}); it is started again in ${waitMs / 1000} s.`);
      current = undefined;
      try {
        await pause(waitMs, undefined, { signal: stopping.signal });
        current = await start(stopping.signal);
        say(`${name} answers again.`);
      } catch (error) {
        if (stopping.signal.aborted) return;
        say(`${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
      }
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  })();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await current?.stop();
    await keeping;
  };
  return { first, stop };
};

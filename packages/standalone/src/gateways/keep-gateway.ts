import { setTimeout as pause } from 'node:timers/promises';
import { spawnGateway, type Gateway, type GatewayOptions } from './spawn-gateway.ts';

/**
 * A gateway that is started again when it ends by itself.
 *
 *   running ──ended──▶ waiting(1, 2, 4 … 30 s) ──▶ starting ──answers──▶ running
 *      └──stop──▶ stopped ◀──stop──────┴──────────────┘
 */
export interface KeptGateway {
  stop: () => Promise<void>;
}

interface KeepOptions extends Omit<GatewayOptions, 'signal'> {
  say: (sentence: string) => void;
  signal: AbortSignal;
}

const firstWaitMs = 1000;
const longestWaitMs = 30_000;
/** After so long it counts as healthy, and the next wait is short again. */
const steadyMs = 60_000;

/** Resolves when the first one answers; a first one that does not is a bad start. */
export const keepGateway = async ({ say, signal, ...options }: KeepOptions): Promise<KeptGateway> => {
  const stopping = new AbortController();
  let current: Gateway | undefined = await spawnGateway({ ...options, signal });
  const keeping = (async () => {
    let waitMs = firstWaitMs;
    while (!stopping.signal.aborted) {
      const began = performance.now();
      const how = await current?.ended;
      if (stopping.signal.aborted) return;
      if (how !== undefined && performance.now() - began > steadyMs) waitMs = firstWaitMs;
      if (how !== undefined) say(`The gateway ended (${how}); it is started again in ${waitMs / 1000} s.`);
      current = undefined;
      try {
        await pause(waitMs, undefined, { signal: stopping.signal });
        current = await spawnGateway({ ...options, signal: stopping.signal });
        say('The gateway answers again.');
      } catch (error) {
        if (stopping.signal.aborted) return;
        say(`The gateway does not start: ${error instanceof Error ? error.message : String(error)}`);
      }
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  })();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await current?.stop();
    await keeping;
  };
  return { stop };
};

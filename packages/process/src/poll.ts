import { setTimeout as pause } from 'node:timers/promises';

interface PollOptions {
  timeoutMs: number;
  intervalMs?: number;
  signal?: AbortSignal;
  /** Said in the error, after 'waited too long for'. */
  what: string;
}

/** Looks until `look` finds something; the only place that waits by the clock. */
export const waitFor = async <T>(look: () => Promise<T | undefined> | T | undefined, options: PollOptions): Promise<T> => {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited too long for ${options.what}`);
    await pause(options.intervalMs ?? 20, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
};

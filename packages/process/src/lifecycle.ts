import type { Log } from './log.ts';

/**
 * Life of a process: it opens parts in order, and closes them in the opposite one.
 *
 *   open ──signal or fatal──▶ draining ──all closed──▶ ended(0 or 1)
 *                                └─── limit passed ──▶ ended(1), parts named
 *
 * A second signal while draining ends at once: whoever presses Ctrl-C twice means it.
 */
export interface Part {
  name: string;
  close: () => Promise<void> | void;
}

export interface Lifecycle {
  /** Registers a part that has just been opened. */
  opened: (part: Part) => void;
  /** Closes everything and ends the process. */
  end: (exitCode: number) => Promise<never>;
  isDraining: () => boolean;
}

interface LifecycleOptions {
  log: Log;
  drainTimeoutMs: number;
  signals?: readonly NodeJS.Signals[];
}

export const beginLifecycle = ({ log, drainTimeoutMs, signals = ['SIGTERM', 'SIGINT'] }: LifecycleOptions): Lifecycle => {
  const parts: Part[] = [];
  let draining = false;

  const end = async (exitCode: number): Promise<never> => {
    if (draining) return process.exit(1);
    draining = true;
    const limit = setTimeout(() => {
      log.error({ open: parts.map((part) => part.name) }, 'drain took too long');
      process.exit(1);
    }, drainTimeoutMs);
    limit.unref();
    let failed = false;
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) failed = !(await closePart(part, log)) || failed;
    return process.exit(failed ? 1 : exitCode);
  };

  for (const signal of signals) process.on(signal, () => void end(0));
  // A promise nobody awaited is a bug of ours; the state behind it is unknown, so the process hands over to its successor.
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection');
    void end(1);
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    void end(1);
  });

  return { opened: (part) => void parts.push(part), end, isDraining: () => draining };
};

const closePart = async (part: Part, log: Log): Promise<boolean> => {
  try {
    await part.close();
    return true;
  } catch (error) {
    log.error({ err: error, part: part.name }, 'part did not close cleanly');
    return false;
  }
};

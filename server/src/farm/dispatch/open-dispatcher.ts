import { giveCommands, type GiveOptions } from './give-commands.ts';

export interface Dispatcher {
  /** Something may be due: a commit, an outcome, a link, a device that is ready. */
  wake: () => void;
  close: () => Promise<void>;
}

interface DispatcherOptions extends GiveOptions {
  failed: (error: unknown) => void;
  /** What nobody woke it for is found by looking. */
  lookMs?: number;
}

export const openDispatcher = ({ failed, lookMs = 1_000, ...options }: DispatcherOptions): Dispatcher => {
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  const work = async (): Promise<void> => {
    do {
      again = false;
      while (!closed && (await giveCommands(options)) > 0);
    } while (again && !closed);
  };
  const wake = (): void => {
    if (closed) return;
    again = true;
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(wake, lookMs);
  return {
    wake,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
};

/** What is to run later. Nothing rings once they are closed. */
export interface Alarms {
  set: (ms: number, run: () => void) => void;
  close: () => void;
}

type After = (ms: number, run: () => void) => () => void;

const afterByTimer: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

interface AlarmOptions {
  after: After | undefined;
  /** Nobody waits for what an alarm does, so nobody else hears of it. */
  report: ((error: unknown) => void) | undefined;
}

export const openAlarms = ({ after = afterByTimer, report }: AlarmOptions): Alarms => {
  const pending = new Set<() => void>();
  let closed = false;
  return {
    set: (ms, run) => {
      if (closed) return;
      const cancel = after(ms, () => {
        pending.delete(cancel);
        if (closed) return;
        try {
          run();
        } catch (error) {
          if (report === undefined) throw error;
          report(error);
        }
      });
      pending.add(cancel);
    },
    close: () => {
      closed = true;
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
};

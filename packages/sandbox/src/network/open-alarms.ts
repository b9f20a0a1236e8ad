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

export const openAlarms = (after: After = afterByTimer): Alarms => {
  const pending = new Set<() => void>();
  let closed = false;
  return {
    set: (ms, run) => {
      if (closed) return;
      const cancel = after(ms, () => {
        pending.delete(cancel);
        if (!closed) run();
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

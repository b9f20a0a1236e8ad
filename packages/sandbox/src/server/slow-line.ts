/** Passes things on after a wait, never one before another that came earlier. */
export interface SlowLine<T> {
  put: (thing: T) => void;
  /** How many things wait. */
  size: () => number;
  close: () => void;
}

export const openSlowLine = <T>(waitMs: () => number, pass: (thing: T) => void): SlowLine<T> => {
  const queue: { thing: T; due: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const next = (): void => {
    timer = undefined;
    const now = performance.now();
    while (queue[0] !== undefined && queue[0].due <= now) {
      const first = queue.shift();
      if (first !== undefined) pass(first.thing);
    }
    const [first] = queue;
    if (first !== undefined) timer = setTimeout(next, Math.max(1, first.due - now));
  };

  return {
    size: () => queue.length,
    put: (thing) => {
      if (closed) return;
      const wait = waitMs();
      if (wait === 0 && queue.length === 0) return pass(thing);
      const due = Math.max(performance.now() + wait, queue.at(-1)?.due ?? 0);
      queue.push({ thing, due });
      timer ??= setTimeout(next, wait);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      queue.length = 0;
    },
  };
};

type Listener = (accounts: ReadonlySet<string>) => void;

/** Tells what has changed at most once a turn of the event loop, however much it was. */
export interface Watchers {
  touch: (account: string) => void;
  watch: (listener: Listener) => () => void;
  close: () => void;
}

export const openWatchers = (): Watchers => {
  const listeners = new Set<Listener>();
  let changed = new Set<string>();
  let turn: NodeJS.Immediate | undefined;

  const tell = (): void => {
    const accounts = changed;
    changed = new Set();
    turn = undefined;
    for (const listener of listeners) listener(accounts);
  };
  return {
    touch: (account) => {
      if (listeners.size === 0) return;
      changed.add(account);
      turn ??= setImmediate(tell);
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      clearImmediate(turn);
      listeners.clear();
    },
  };
};

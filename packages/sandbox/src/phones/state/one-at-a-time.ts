/**
 * Runs a read once at a time for each key. Asked again while it runs, it runs once more afterwards: what it is
 * reading may already be old.
 */
export function oneAtATime(read: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  const run = async (key: string, turn: { again: boolean }): Promise<void> => {
    do {
      turn.again = false;
      await read(key);
    } while (turn.again);
  };
  return (key) => {
    const current = running.get(key);
    if (current !== undefined) {
      current.again = true;
      return current.done;
    }
    const turn = { again: false, done: Promise.resolve() };
    turn.done = run(key, turn).finally(() => running.delete(key));
    running.set(key, turn);
    return turn.done;
  };
}

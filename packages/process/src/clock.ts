/** Time is handed in, so that a test can stand at the end of a lifetime without waiting for it. */
export interface Clock {
  now: () => Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that only moves when told to. */
export const stoppedClock = (start: Date): Clock & { advance: (ms: number) => void } => {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
  };
};

import { cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LoadMeter {
  /** Since the last reading. */
  read: () => { cpuShare: number; loopDelayMs: number };
  /** Of the event loop, since the last reading. */
  loopDelayMs: () => number;
  close: () => void;
}

/** How busy the machine and this process' event loop are: what the gateway places by, and what starts are staggered by. */
export const openLoadMeter = (): LoadMeter => {
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  let before = readCpus();
  return {
    loopDelayMs: () => (delays.count === 0 ? 0 : delays.percentile(99) / 1e6),
    read: () => {
      const after = readCpus();
      const all = after.all - before.all;
      const cpuShare = all <= 0 ? 0 : (after.busy - before.busy) / all;
      before = after;
      const loopDelayMs = delays.count === 0 ? 0 : delays.percentile(99) / 1e6;
      delays.reset();
      return { cpuShare, loopDelayMs };
    },
    close: () => void delays.disable(),
  };
};

const readCpus = (): { all: number; busy: number } => {
  let all = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    all += times.user + times.nice + times.sys + times.idle + times.irq;
    idle += times.idle;
  }
  return { all, busy: all - idle };
};

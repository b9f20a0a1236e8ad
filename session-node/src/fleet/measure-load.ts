import { cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';

interface Measured {
  cpuShare: number;
  loopDelayMs: number;
}

export interface LoadMeter {
  /** Since the last reading. */
  read: () => Measured;
  /** Of the last moments, for whoever decides by it more often than it changes. */
  recent: () => Measured;
  close: () => void;
}

const recentMs = 200;

/** How busy the machine and this process' event loop are: what the gateway places by, and what starts are staggered by. */
export const openLoadMeter = (): LoadMeter => {
  const [whole, moments] = [openReading(), openReading()];
  let at = performance.now();
  let last = moments.read();
  return {
    read: whole.read,
    recent: () => {
      if (performance.now() - at < recentMs) return last;
      at = performance.now();
      last = moments.read();
      return last;
    },
    close: () => {
      whole.close();
      moments.close();
    },
  };
};

const openReading = (): { read: () => Measured; close: () => void } => {
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  let before = readCpus();
  return {
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

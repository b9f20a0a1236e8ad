import { findProcess, type ProcessMark } from '@waxos/session-node/browser/read-processes';

export const isThere = (mark: ProcessMark): boolean => findProcess(mark.pid)?.startTicks === mark.startTicks;

/** With -9; false where it had ended by itself. */
export const killNow = (mark: ProcessMark | undefined): boolean => {
  try {
    return mark !== undefined && isThere(mark) && process.kill(mark.pid, 'SIGKILL');
  } catch {
    // It ended between the look and the kill.
    return false;
  }
};

import type { ChildProcess } from 'node:child_process';
import { guardProcess } from '../../launch/guard.mjs';

/** A process that a test started is told to end even when the test's own process is killed with -9. */
export const endWithUs = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  const guard = guardProcess({ pid: child.pid, signal: 'TERM', isStill: 'kill -0 "$1" 2>/dev/null' });
  child.once('exit', guard.dismiss);
};

import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * A shell that outlives us by a moment. It waits for the end of a pipe that only we hold, so it wakes even when
 * we are killed with -9, and then ends the process that it guards. The last look keeps it from hitting a stranger who
 * was given the same pid.
 */
interface GuardOptions {
  pid: number;
  signal: 'INT' | 'TERM';
  /** Shell condition, with the pid as $1 and `lookAt` as $2, that the process is still the one meant. */
  isStill: string;
  lookAt: string;
}

export interface Guard {
  /** To be called only when the guarded process is gone. */
  dismiss: () => void;
}

export const guardProcess = ({ pid, signal, isStill, lookAt }: GuardOptions): Guard => {
  const script = `cat >/dev/null; if ${isStill}; then kill -${signal} "$1" 2>/dev/null; fi`;
  const shell = spawn('/bin/sh', ['-c', script, 'waxos-guard', String(pid), lookAt], {
    // A group of its own: a signal to ours must not take the guard along.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.on('error', () => undefined);
  // A pipe is a socket to Node, and would keep this process alive.
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return { dismiss: () => void shell.kill('SIGKILL') };
};

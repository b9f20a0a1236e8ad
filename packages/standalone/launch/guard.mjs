import { spawn } from 'node:child_process';

/**
 * A shell that outlives us by a moment. It waits for the end of a pipe that only we hold, so it wakes even when
 * we are killed with -9, and then ends the process that it guards. The last look keeps it from hitting a stranger who
 * was given the same pid.
 */
export const guardProcess = ({ pid, signal, isStill, lookAt = '', wholeGroup = false }) => {
  const script = `cat >/dev/null; if ${isStill}; then kill -${signal} "$3$1" 2>/dev/null; fi`;
  const shell = spawn('/bin/sh', ['-c', script, 'waxos-guard', String(pid), lookAt, wholeGroup ? '-' : ''], {
    // A group of its own: a signal to ours must not take the guard along.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined);
  // Neither the shell nor the pipe, which is a socket to Node, may keep this process alive.
  shell.unref();
  shell.stdin.unref();
  return { dismiss: () => void shell.kill('SIGKILL') };
};

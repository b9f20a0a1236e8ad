import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { checkoutDir } from '../config.ts';

const guard = join(checkoutDir, 'packages', 'standalone', 'launch', 'guard.mjs');

/** A process that starts another and guards it, and writes that one's pid. */
const script = (wholeGroup: boolean): string => `
  import { spawn } from 'node:child_process';
  import { guardProcess } from ${JSON.stringify(guard)};
  const child = spawn('/bin/sh', ['-c', 'sleep 300 & wait'], { detached: true, stdio: 'ignore' });
  guardProcess({ pid: child.pid, signal: 'TERM', isStill: 'kill -0 "$1"', wholeGroup: ${wholeGroup} });
  console.log(child.pid);
`;

const isGone = (pid: number): true | undefined => {
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    // ESRCH: there is no such process, or group, any more.
    return true;
  }
};

test.each([false, true])('what a process killed with -9 was guarding ends too (its whole group: %s)', async (wholeGroup) => {
  const keeper = spawn(process.execPath, ['--input-type=module', '-e', script(wholeGroup)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(keeper.stdout, 'data');
  const pid = Number(String(line));
  expect(isGone(pid)).toBeUndefined();
  keeper.kill('SIGKILL');
  await once(keeper, 'close');
  try {
    await waitFor(() => isGone(wholeGroup ? -pid : pid), { timeoutMs: 10_000, what: 'the guarded process to end' });
  } finally {
    if (isGone(-pid) === undefined) process.kill(-pid, 'SIGKILL');
  }
});

import type { TestProject } from 'vitest/node';
import { startTestCluster, type RunningTestCluster } from './test-cluster.ts';

// Each project of a run loads this module for itself; they share the process, and must share one PostgreSQL.
const shared = Symbol.for('waxos.testCluster');
interface Shared {
  users: number;
  running: Promise<RunningTestCluster>;
}
const place = globalThis as { [shared]?: Shared | undefined };

/** Global setup of every project whose tests need PostgreSQL. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const held = (place[shared] ??= { users: 0, running: startTestCluster() });
  held.users += 1;
  project.provide('testCluster', (await held.running).cluster);
  return async () => {
    held.users -= 1;
    if (held.users > 0) return;
    place[shared] = undefined;
    await (await held.running).stop();
  };
};

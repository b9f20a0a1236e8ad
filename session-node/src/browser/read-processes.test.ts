import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { waitFor } from '@waxos/process/poll';
import { killTree } from './kill-tree.ts';
import { findProcess, parseStat, readProcesses, treeOf } from './read-processes.ts';

const stat = (pid: number, name: string, state = 'S'): string => `${pid} (${name}) ${state} 7 9 9 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 1 1`;

test('a program’s name may hold brackets and spaces', () => {
  expect(parseStat(stat(12, 'a) S 1 (b'))).toEqual({ pid: 12, parent: 7, group: 9, startTicks: 4711 });
});

test('a zombie is no process', () => {
  expect(parseStat(stat(12, 'chrome', 'Z'))).toBeUndefined();
});

test('a tree holds what it begot and what is left of its group, and nothing of another that got its number', () => {
  const [root, child, orphan, stranger] = [
    { pid: 10, parent: 1, group: 10, startTicks: 100 },
    { pid: 11, parent: 10, group: 11, startTicks: 101 },
    { pid: 12, parent: 1, group: 10, startTicks: 102 },
    { pid: 13, parent: 1, group: 13, startTicks: 50 },
  ];
  expect(treeOf(root, [orphan, child, root, stranger])).toHaveLength(3);
  expect(treeOf(root, [orphan, stranger])).toEqual([orphan]);
  const reused = { pid: 10, parent: 1, group: 10, startTicks: 900 };
  expect(treeOf(root, [reused, { pid: 14, parent: 10, group: 10, startTicks: 901 }])).toEqual([]);
});

test('a tree is dead when the kill resolves, also what had a group of its own', async () => {
  const child = spawn('sh', ['-c', 'setsid sleep 60 & sleep 60 & wait'], { detached: true, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const { pid = 0 } = child;
  const mark = { pid, startTicks: findProcess(pid)?.startTicks ?? 0 };
  const tree = await waitFor(
    async () => {
      const found = treeOf(mark, await readProcesses());
      return found.length === 3 ? found : undefined;
    },
    { timeoutMs: 5_000, what: 'the shell to start both' },
  );
  await killTree(mark);
  await exited;
  const now = await readProcesses();
  expect(now.filter((entry) => tree.some(({ pid: was, startTicks }) => was === entry.pid && startTicks === entry.startTicks))).toEqual([]);
});

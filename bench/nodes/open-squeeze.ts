import { access, mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listTree } from './measure-pss.ts';

/** Holds a process, and all that it starts from now on, under a limit of memory: what is cold goes to compressed swap. */
export interface Squeeze {
  hold: (bytes: number) => Promise<void>;
  lift: () => Promise<void>;
  /** What compressed swap has come to take since it was opened, whoever swapped. */
  compressedBytes: () => Promise<number>;
  /** Once its processes have ended. */
  remove: () => Promise<void>;
}

/** The two generations of control groups, and how each is told of a limit. */
const generations = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', none: '-1', settings: { 'memory.swappiness': '100' } },
  { root: '/sys/fs/cgroup', limit: 'memory.high', none: 'max', settings: {} },
];

/** Answers why not, where the machine does not offer it. */
export const openSqueeze = async (pid: number): Promise<Squeeze | string> => {
  const before = await readCompressed();
  if (before === undefined) return 'this machine has no compressed swap (zram or zswap)';
  for (const { root, limit, none, settings } of generations) {
    const dir = join(root, `waxos-bench-${process.pid}`);
    const isMade = await mkdir(dir)
      .then(() => access(join(dir, limit)))
      .then(() => true, () => false);
    if (!isMade) continue;
    for (const [name, value] of Object.entries(settings)) await writeFile(join(dir, name), value);
    for (const entry of await listTree(pid)) await writeFile(join(dir, 'cgroup.procs'), String(entry.pid));
    return {
      hold: async (bytes) => {
        // The first generation refuses what it does not reach at once; then it is given a little more.
        for (let wanted = bytes; wanted < 4 * bytes; wanted *= 1.15) {
          if (await writeFile(join(dir, limit), String(Math.round(wanted))).then(() => true, () => false)) return;
        }
        throw new Error(`memory could not be held under ${4 * bytes} bytes`);
      },
      lift: () => writeFile(join(dir, limit), none),
      compressedBytes: async () => ((await readCompressed()) ?? before) - before,
      remove: async () => {
        for (let tries = 0; tries < 50; tries += 1) {
          if (await rmdir(dir).then(() => true, () => false)) return;
          await pause(100);
        }
      },
    };
  }
  return 'memory cannot be limited here: that takes root, and a group of its own for memory';
};

/** Undefined where nothing is swapped to that is compressed. */
const readCompressed = async (): Promise<number | undefined> => {
  const swaps = await readFile('/proc/swaps', 'latin1').catch(() => '');
  const zrams = [...swaps.matchAll(/^\/dev\/(zram\d+)\s/gm)].flatMap(([, name]) => name ?? []);
  const zswap = /^Zswap:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'latin1').catch(() => ''))?.[1];
  const isZswap = (await readFile('/sys/module/zswap/parameters/enabled', 'latin1').catch(() => 'N')).startsWith('Y');
  if (zrams.length === 0 && !isZswap) return undefined;
  const sizes = await Promise.all(zrams.map(async (name) => Number((await readFile(`/sys/block/${name}/mm_stat`, 'latin1')).trim().split(/\s+/)[2] ?? 0)));
  return sizes.reduce((sum, size) => sum + size, Number(zswap ?? 0) * 1_024);
};

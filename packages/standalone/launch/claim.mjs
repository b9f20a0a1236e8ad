import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A file that says which process owns something. It appears whole or not at all (written aside, then linked), and
 * it binds only while its process lives: the start time tells a process from a later one that got the same pid.
 */
export const claim = async (path) => {
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, mine);
  try {
    for (;;) {
      const linked = await link(draft, path).then(
        () => true,
        (error) => {
          if (error.code === 'EEXIST') return false;
          throw error;
        },
      );
      if (linked) return { release: () => rm(path, { force: true }) };
      const holder = await readClaim(path);
      if (holder !== undefined && isAlive(holder)) return { heldBy: holder.pid };
      await discard(path);
    }
  } finally {
    await rm(draft, { force: true });
  }
};

const readClaim = async (path) => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

// Two that find the same dead claim must not remove each other's new one: only the one whose rename succeeds goes on, and
// it puts back what turns out to be alive.
const discard = async (path) => {
  const aside = `${path}.dead-${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const taken = await readClaim(aside);
  if (taken !== undefined && isAlive(taken)) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

const isAlive = ({ pid, startedAt }) => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return startOf(pid) === startedAt;
};

/** Ticks since boot at which the process began, where /proc tells; a constant elsewhere, so that the pid alone decides. */
const startOf = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return 'unknown';
  }
};

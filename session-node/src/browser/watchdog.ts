import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { killTree } from './kill-tree.ts';
import type { ProcessMark } from './read-processes.ts';
import { readBrowsers, readDeadline } from './watched-files.ts';

/**
 * A process of its own beside the node: a frozen node cannot stop its browsers, which go on reading messages off the
 * network and sending what they were told to send. Started by openWatchdog with the folder of the shared files; it ends
 * when its standard input does, which is when the node is gone, after killing what the node has left.
 */
const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('The watchdog is told the folder it watches.');

const lookMs = 250;
const gone = new AbortController();
process.stdin.on('end', () => gone.abort());
process.stdin.resume();

// For the next one; whoever is killed writes nothing more.
flushCompileCache();

let known: ProcessMark[] = [];
while (!gone.signal.aborted) {
  // Cut short when the node is gone, which the loop looks at next.
  await pause(lookMs, undefined, { signal: gone.signal }).catch(() => undefined);
  known = await readBrowsers(dir);
  // A deadline that cannot be read is one that nobody keeps.
  const deadline = await readDeadline(dir).catch(() => 0);
  if (gone.signal.aborted || Date.now() > deadline) await Promise.all(known.map((mark) => killTree(mark)));
}
process.exit(0);

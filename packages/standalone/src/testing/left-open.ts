import { afterAll } from 'vitest';
import { waitFor } from '@waxos/process/poll';

/**
 * Fails a test file that leaves a socket, server, child process or timer open. Runs last, since hooks end in the opposite
 * order of their beginning and this file is loaded before the tests.
 */
const watched = new Set(['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'PipeServerWrap', 'TLSWrap', 'ProcessWrap', 'Timeout', 'FSEventWrap', 'Worker', 'MessagePort', 'UDPWrap']);

const countOpen = (): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) if (watched.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

// The process's own, opened by the first module that imports node:process (puppeteer has one): no test left it.
void process.stdin;
const before = countOpen();

const findLeft = (): string[] =>
  [...countOpen()].flatMap(([name, count]) => {
    // The wait below is by a timer of its own, which has fired by the time it looks.
    const more = count - (before.get(name) ?? 0);
    return more > 0 ? [`${more} ${name}`] : [];
  });

afterAll(async () => {
  let left: string[] = [];
  const settled = await waitFor(
    () => {
      left = findLeft();
      return left.length === 0 ? true : undefined;
    },
    { timeoutMs: 2000, what: 'what the tests opened to be closed' },
  ).catch(() => false);
  if (!settled) throw new Error(`This file left open: ${left.join(', ')}. Close what the tests open.`);
});

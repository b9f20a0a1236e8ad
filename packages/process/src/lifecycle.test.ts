import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { waitFor } from './poll.ts';

const folder = new URL('.', import.meta.url).href;

/** A process that opens two parts and says when each is closed. */
const run = (body: string): { child: ChildProcess; said: () => string; ended: Promise<unknown[]> } => {
  const script = `
    import { beginLifecycle } from '${folder}lifecycle.ts';
    import { openLog } from '${folder}log.ts';
    const lifecycle = beginLifecycle({ log: openLog({ name: 'test', level: 'silent' }), drainTimeoutMs: 500 });
    const alive = setInterval(() => undefined, 1000);
    lifecycle.opened({ name: 'first', close: () => { console.log('first closed'); clearInterval(alive); } });
    ${body}
    console.log('open');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { child, said: () => text, ended: once(child, 'close') };
};

const untilOpen = (said: () => string): Promise<true> => waitFor(() => (said().includes('open') ? true : undefined), { timeoutMs: 10_000, what: 'the process to be open' });

test('SIGTERM closes the parts in the opposite order of their opening, and the process ends with 0', async () => {
  const { child, said, ended } = run(`lifecycle.opened({ name: 'second', close: async () => { await null; console.log('second closed'); } });`);
  await untilOpen(said);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(said()).toBe('open\nsecond closed\nfirst closed\n');
});

test('a part that cannot be closed does not keep the others from being closed, and the process ends with 1', async () => {
  const { child, said, ended } = run(`lifecycle.opened({ name: 'broken', close: () => { throw new Error('stuck'); } });`);
  await untilOpen(said);
  child.kill('SIGTERM');
  expect(await ended).toEqual([1, null]);
  expect(said()).toContain('first closed');
});

test('a part that hangs is left behind when the limit has passed', async () => {
  const { child, said, ended } = run(`lifecycle.opened({ name: 'hanging', close: () => new Promise(() => undefined) });`);
  await untilOpen(said);
  child.kill('SIGTERM');
  expect(await ended).toEqual([1, null]);
});

test('a second signal ends the process at once', async () => {
  const { child, said, ended } = run(`lifecycle.opened({ name: 'hanging', close: () => new Promise(() => { console.log('draining'); }) });`);
  await untilOpen(said);
  child.kill('SIGINT');
  await waitFor(() => (said().includes('draining') ? true : undefined), { timeoutMs: 10_000, what: 'the drain to begin' });
  child.kill('SIGINT');
  expect(await ended).toEqual([1, null]);
});

test('a rejection that nobody awaited ends the process in order, with 1', async () => {
  const { said, ended } = run(`void Promise.reject(new Error('forgotten'));`);
  expect(await ended).toEqual([1, null]);
  expect(said()).toContain('first closed');
});

import { expect, test } from 'vitest';
import { composeArguments } from './compose-arguments.ts';

const composed = { browser: 'headless_shell', profileDir: '/profiles/a/session', isolated: true, sharedMemory: true, kindArguments: [] } as const;

test('a browser is driven through a pipe, which ends it with its node, and never through a port', () => {
  const argv = composeArguments(composed);
  expect(argv).toContain('--remote-debugging-pipe');
  expect(argv.join(' ')).not.toContain('--remote-debugging-port');
});

test('no flag is given twice, since Chromium would heed the last one only', () => {
  for (const isolated of [true, false]) {
    const names = composeArguments({ ...composed, isolated, sharedMemory: false, kindArguments: ['--no-proxy-server'] }).map((argument) => argument.split('=')[0]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('Chromium’s sandbox stays on where it can be, with the zygote it needs', () => {
  const argv = composeArguments(composed);
  for (const flag of ['--no-sandbox', '--no-zygote']) expect(argv).not.toContain(flag);
  expect(composeArguments({ ...composed, isolated: false })).toEqual(expect.arrayContaining(['--no-sandbox', '--no-zygote']));
});

test('a page that nobody looks at keeps its timers', () => {
  expect(composeArguments(composed)).toEqual(expect.arrayContaining(['--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows']));
});

import { describe, expect, test } from 'vitest';
import { isLoopback, readConfig } from './config.ts';

test('with nothing set it listens on this machine alone, and lets nobody hold phones', () => {
  expect(readConfig({})).toMatchObject({ config: { SANDBOX_HOST: '127.0.0.1', SANDBOX_OPEN_PHONES: false, SANDBOX_PAGE_WEIGHT: 'light' }, secrets: {} });
});

describe('an address that other machines reach', () => {
  test('needs a control token', () => {
    expect(() => readConfig({ SANDBOX_HOST: '0.0.0.0' })).toThrow('SANDBOX_CONTROL_TOKEN is missing, and SANDBOX_HOST 0.0.0.0 is open to other machines');
    expect(readConfig({ SANDBOX_HOST: '0.0.0.0', SANDBOX_CONTROL_TOKEN: 'sixteen-letters!' }).config.SANDBOX_HOST).toBe('0.0.0.0');
  });

  test('is told from loopback by what it is, not by how it begins', () => {
    expect(['127.0.0.1', '127.1.2.3', 'localhost', '::1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.com', '127.evil.example'].some(isLoopback)).toBe(false);
  });
});

test('a limit is a whole number of megabytes, and more than none', () => {
  expect(readConfig({ SANDBOX_LEDGER_MB_MAX: '64', SANDBOX_MEDIA_MB_MAX: '9' }).config).toMatchObject({ SANDBOX_LEDGER_MB_MAX: 64, SANDBOX_MEDIA_MB_MAX: 9 });
  for (const wrong of ['0', '-1', '1.5', 'much']) expect(() => readConfig({ SANDBOX_LEDGER_MB_MAX: wrong })).toThrow('SANDBOX_LEDGER_MB_MAX must be a number of megabytes');
});

test('a token that can be guessed is refused', () => {
  expect(() => readConfig({ SANDBOX_CONTROL_TOKEN: 'short' })).toThrow('SANDBOX_CONTROL_TOKEN must have at least 16 characters');
});

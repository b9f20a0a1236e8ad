import { EnvError } from '@waxos/process/env';
import { refuseMixedArguments, sandboxArguments } from '@waxos/sandbox/browser-arguments';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const least = {
  NODE_NAME: 'node-1',
  GATEWAY_URL: 'http://127.0.0.1:3000',
  NODE_TOKEN: 'a-token-of-a-test',
  PROFILES_DIR: '/srv/profiles',
  NODE_DATA_DIR: '/srv/node',
  HEADLESS_SHELL_PATH: '/srv/shell',
  PATH: '/bin',
};
const spki = `${'A'.repeat(43)}=`;

const problemsOf = (source: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
};

test('everything that is missing is told at once', () => {
  const problems = problemsOf({});
  for (const name of ['NODE_NAME', 'GATEWAY_URL', 'NODE_TOKEN', 'PROFILES_DIR', 'NODE_DATA_DIR']) expect(problems.some((problem) => problem.startsWith(`${name} is missing`) || problem.startsWith(`${name} must`))).toBe(true);
});

test('contradictions are told at once, each with an example', () => {
  const problems = problemsOf({ ...least, GATEWAY_URL: 'http://127.0.0.1:3000/path', HEADLESS_SHELL_PATH: '', SANDBOX_URL: 'https://sandbox.example.com', NODE_DATA_DIR: least.PROFILES_DIR });
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['GATEWAY_URL', 'HEADLESS_SHELL_PATH', 'SANDBOX_SPKI', 'SANDBOX_URL', 'NODE_DATA_DIR']);
  expect(problems.every((problem) => problem.includes('Example: '))).toBe(true);
});

test('the token is with the secrets alone, and no browser inherits it or anything else that is not named', () => {
  const { config, secrets } = readConfig({ ...least, LANG: 'C.UTF-8', HTTPS_PROXY: 'http://proxy', HEADLESS_SHELL_LIBRARIES: '/srv/lib' });
  expect(secrets.NODE_TOKEN).toBe(least.NODE_TOKEN);
  expect(JSON.stringify(config)).not.toContain(least.NODE_TOKEN);
  expect(config.executables.headless_shell?.env).toEqual({ PATH: '/bin', LANG: 'C.UTF-8', LD_LIBRARY_PATH: '/srv/lib' });
});

test('snapshots are sealed with a key or not made apart, and no browser inherits it', () => {
  const sealed = { ...least, PROFILE_SNAPSHOTS_DIR: '/srv/sealed', PROFILE_KEY: spki };
  expect(readConfig(sealed).secrets.PROFILE_KEY).toBe(spki);
  expect(JSON.stringify(readConfig(sealed).config)).not.toContain(spki);
  expect(problemsOf({ ...sealed, PROFILE_KEY: '' })).toEqual([expect.stringContaining('PROFILE_KEY is missing')]);
  expect(problemsOf({ ...sealed, PROFILE_SNAPSHOTS_DIR: '' })).toEqual([expect.stringContaining('PROFILE_SNAPSHOTS_DIR is missing')]);
  expect(problemsOf({ ...sealed, PROFILE_KEY: 'short' })).toEqual([expect.stringContaining('32 bytes')]);
  expect(problemsOf({ ...sealed, PROFILE_SNAPSHOTS_DIR: least.PROFILES_DIR })).toEqual([expect.stringContaining('must not be the same')]);
});

test('the budget is a share of the machine unless it is set', () => {
  expect(readConfig(least).config.memoryBudgetBytes).toBeGreaterThan(0);
  expect(readConfig({ ...least, MEMORY_BUDGET_MB: '4000' }).config.memoryBudgetBytes).toBe(4_000_000_000);
});

test('without a sandbox no browser is given its flags, with one it is given exactly those the sandbox asks for', () => {
  expect(readConfig(least).config.sandboxArguments).toBeUndefined();
  const { sandboxArguments: composed } = readConfig({ ...least, SANDBOX_URL: 'https://127.0.0.1:3443', SANDBOX_SPKI: spki }).config;
  expect(composed).toEqual(sandboxArguments({ port: 3443, spki }));
  expect(() => refuseMixedArguments('sandbox', composed ?? [])).not.toThrow();
});

test('browsers may be given a user of their own', () => {
  expect(readConfig({ ...least, BROWSER_UID: '1001' }).config.BROWSER_UID).toEqual({ uid: 1001, gid: 1001 });
  expect(readConfig({ ...least, BROWSER_UID: '1001:1002' }).config.BROWSER_UID).toEqual({ uid: 1001, gid: 1002 });
});

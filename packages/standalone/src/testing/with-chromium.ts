import { join } from 'node:path';
import type { TestChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { TestProject } from 'vitest/node';
import { findChromium } from '../chromium/find-chromium.ts';
import { bareEnvironment, checkoutDir, readTestConfig } from '../config.ts';

/** See unpackChromium. */
const shellIsPublished = process.platform === 'linux' && process.arch === 'x64';

const cacheDir = join(checkoutDir, '.waxos', 'cache');

/** A program that a test starts is given its whole environment. */
const bare = Object.fromEntries(Object.entries(bareEnvironment()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** Global setup of the tests that run in both kinds of browser: the headless shell from npm, and a full Chromium of the machine's own. */
export const setup = async (project: TestProject): Promise<void> => {
  const [full, shell] = await Promise.all([findFull(), findShell()]);
  project.provide('testChromiums', [full, shell]);
};

const findFull = async (): Promise<TestChromium> => {
  const { chromiumPath: chosen } = readTestConfig();
  const whyNot = 'there is no full Chromium: install chromium, or set CHROMIUM_PATH';
  try {
    const found = await findChromium({ chosen, searchPath: bareEnvironment().PATH, cacheDir });
    return { kind: 'chromium', env: { ...bare, ...found.env }, ...(found.isHeadlessShell ? { whyNot } : { executablePath: found.executablePath }) };
  } catch (error) {
    if (chosen !== undefined || shellIsPublished) throw error;
    return { kind: 'chromium', env: {}, whyNot };
  }
};

const findShell = async (): Promise<TestChromium> => {
  const kind = 'headless shell';
  if (!shellIsPublished) return { kind, env: {}, whyNot: `there is no headless shell from npm for ${process.platform} ${process.arch}` };
  const { executablePath, env } = await findChromium({ chosen: undefined, searchPath: '', cacheDir });
  return { kind, executablePath, env: { ...bare, ...env } };
};

import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../chromium/find-chromium.ts';
import type { FoundChromium } from '../chromium/found-chromium.ts';
import { bareEnvironment, checkoutDir, readTestConfig } from '../config.ts';

/** The Chromium of the tests, unpacked into the checkout where the machine has none. */
export const findTestChromium = (): Promise<FoundChromium> =>
  findChromium({ chosen: readTestConfig().chromiumPath, searchPath: bareEnvironment().PATH, cacheDir: join(checkoutDir, '.waxos', 'cache') });

/** Opens a browser; the caller closes it. */
export const openTestBrowser = async (found?: FoundChromium): Promise<Browser> => {
  const { executablePath, env, isHeadlessShell } = found ?? (await findTestChromium());
  return chromium.launch({
    executablePath,
    env: { ...defined(bareEnvironment()), ...env },
    // What tests open is ours, and neither root nor many a container can have the sandbox.
    chromiumSandbox: false,
    args: [
      // Containers often have a /dev/shm of 64 MB, which pages outgrow.
      '--disable-dev-shm-usage',
      // The small build does not start its GPU process on every machine.
      ...(isHeadlessShell ? ['--disable-gpu'] : []),
    ],
  });
};

const defined = (environment: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

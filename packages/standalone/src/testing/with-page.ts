import { join } from 'node:path';
import { bareEnvironment, checkoutDir } from '../config.ts';
import { buildPage } from '../pages/build-page.ts';

/** Global setup of the tests that open the page: it is built when its sources have changed. */
export const setup = async (): Promise<void> => {
  await buildPage({ checkoutDir, logFile: join(checkoutDir, '.waxos', 'logs', 'page.log'), environment: bareEnvironment(), signal: new AbortController().signal });
};

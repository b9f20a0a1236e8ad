import { join } from 'node:path';
import { sandboxArguments } from '@waxos/sandbox/browser-arguments';
import { findChromium } from '@waxos/standalone/chromium/find-chromium';
import { bareEnvironment, checkoutDir } from '@waxos/standalone/config';
import type { RunningSandbox } from '../sandboxes/start-sandbox.ts';

/** What stock whatsapp-web.js is started with: the machine's full Chromium, and puppeteer's own arguments but for these. */
export const composeStock = async (sandbox: Pick<RunningSandbox, 'port' | 'spki'>): Promise<{ executablePath: string; args: string[] }> => {
  const { executablePath, isHeadlessShell } = await findChromium({ chosen: undefined, searchPath: bareEnvironment().PATH, cacheDir: join(checkoutDir, '.waxos', 'cache') });
  if (isHeadlessShell) throw new Error('stock whatsapp-web.js runs in a full Chromium, and this machine has none: install chromium');
  // The one argument that a root user needs, besides those that lead to the sandbox.
  return { executablePath, args: [...sandboxArguments(sandbox), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] };
};

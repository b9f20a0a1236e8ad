import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockDownloads } from '@waxos/session-node/browser/block-downloads';
import { composeArguments } from '@waxos/session-node/browser/compose-arguments';
import { launchBrowser } from '@waxos/session-node/browser/launch-browser';
import { openWwebjs } from '@waxos/session-node/whatsapp/open-wwebjs';
import { sandboxArguments } from '@waxos/sandbox/browser-arguments';
import { findChromium } from '@waxos/standalone/chromium/find-chromium';
import { bareEnvironment, checkoutDir } from '@waxos/standalone/config';
import { quantile } from '../figures/quantile.ts';
import type { RunningSandbox } from '../sandboxes/start-sandbox.ts';

const steps = ['launch', 'first contact with its page', 'our part before the page', 'page until its document is there', 'our scripts', 'library and QR'] as const;
type Step = (typeof steps)[number];

/** Where the time goes from no browser to a QR, each step's median: the same parts as in a node, in this process and without one. */
export const timeSteps = async (sandbox: RunningSandbox, times: number): Promise<Record<Step, number>> => {
  const runs: Record<Step, number>[] = [];
  for (let run = 0; run < times; run += 1) runs.push(await timeOnce(sandbox));
  const middle = (step: Step): number => Math.round(quantile(runs.map((run) => run[step]), 0.5));
  return Object.fromEntries(steps.map((step) => [step, middle(step)])) as Record<Step, number>;
};

const timeOnce = async (sandbox: RunningSandbox): Promise<Record<Step, number>> => {
  const shell = await findChromium({ chosen: undefined, searchPath: '', cacheDir: join(checkoutDir, '.waxos', 'cache') });
  const profileDir = await mkdtemp(join(tmpdir(), 'waxos-steps-'));
  const env = Object.fromEntries(Object.entries({ ...bareEnvironment(), ...shell.env, HOME: profileDir }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const argv = composeArguments({ browser: 'headless_shell', profileDir, isolated: process.getuid?.() !== 0, sharedMemory: true, kindArguments: sandboxArguments(sandbox) });
  const from = performance.now();
  const launched = await launchBrowser({ executablePath: shell.executablePath, argv, env, timeoutMs: 30_000 });
  try {
    const atLaunch = performance.now();
    await blockDownloads(launched.browser, () => undefined);
    const atContact = performance.now();
    const at = { request: 0, document: 0 };
    const [page] = await launched.browser.pages();
    page?.once('request', () => void (at.request = performance.now()));
    page?.once('domcontentloaded', () => void (at.document = performance.now()));
    const begun = performance.now();
    const shown = Promise.withResolvers<number>();
    const driver = openWwebjs({ handle: launched.browser, profileDir }, { deviceName: 'Bench', tell: ({ type }) => (type === 'qr' ? shown.resolve(performance.now()) : undefined) });
    await driver.open();
    const atOpen = performance.now();
    const atQr = await shown.promise;
    return {
      launch: atLaunch - from,
      'first contact with its page': atContact - atLaunch,
      'our part before the page': at.request - begun,
      'page until its document is there': at.document - at.request,
      'our scripts': atOpen - at.document,
      'library and QR': atQr - atOpen,
    };
  } finally {
    await launched.kill();
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
  }
};

import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseMixedArguments, sandboxArguments } from '@waxos/sandbox/browser-arguments';
import { startChromium } from '@waxos/session-node/browser/start-chromium';
import { findChromium } from '@waxos/standalone/chromium/find-chromium';
import { bareEnvironment, checkoutDir } from '@waxos/standalone/config';
import { startSandbox, type RunningSandbox } from '../sandboxes/start-sandbox.ts';
import { readArgv } from './fleets/find-processes.ts';

/**
 * A browser of a real device and one of a sandbox device, started as the node starts them, and what /proc says that each
 * was started with. Neither is led to any page: nothing is asked of the real WhatsApp. Both run as a user of their own
 * where this runs as root, since root is refused real devices.
 */
const OWN_UID = 65_534;
const LAUNCH_MS = 30_000;
const kinds = ['whatsapp', 'sandbox'] as const;
type Kind = (typeof kinds)[number];

export const main = async (): Promise<void> => {
  const sandbox = await startSandbox();
  const folder = await mkdtemp(join(tmpdir(), 'waxos-argv-'));
  try {
    await chmod(folder, 0o711);
    const [real, pretend] = [await readStarted('whatsapp', { folder, sandbox }), await readStarted('sandbox', { folder, sandbox })];
    const only = (some: readonly string[], others: readonly string[]): string[] => some.filter((argument) => !others.includes(argument));
    const [inReal, inPretend] = [only(real, pretend), only(pretend, real)];
    const wanted = sandboxArguments(sandbox);
    for (const argument of inReal) console.log(`only the real one: ${argument}`);
    for (const argument of inPretend) console.log(`only the sandbox's: ${argument}`);
    refuseMixedArguments('whatsapp', real);
    refuseMixedArguments('sandbox', pretend);
    const unguarded = real.filter((argument) => argument === '--no-sandbox' || argument === '--no-zygote').length;
    const wrong = unguarded + inReal.length + only(inPretend, wanted).length + only(wanted, inPretend).length;
    console.log(JSON.stringify({ chaos: 'argv', shared: real.length - inReal.length, only_real: inReal.length, only_sandbox: inPretend.length, without_chromiums_own_sandbox: unguarded, wrong }));
    if (wrong > 0) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await sandbox.stop();
  }
};

/** Everything but the program's own name and the folder, which each has its own of. */
const readStarted = async (kind: Kind, { folder, sandbox }: { folder: string; sandbox: RunningSandbox }): Promise<string[]> => {
  const shell = await findChromium({ chosen: undefined, searchPath: '', cacheDir: join(checkoutDir, '.waxos', 'cache') });
  const env = Object.fromEntries(Object.entries({ ...bareEnvironment(), ...shell.env }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const owner = process.getuid?.() === 0 ? { uid: OWN_UID, gid: OWN_UID } : undefined;
  const sessionDir = join(folder, kind);
  await mkdir(sessionDir, { mode: 0o700 });
  if (owner !== undefined) await chown(sessionDir, owner.uid, owner.gid);
  const browser = await startChromium(
    { kind, browser: 'headless_shell', sessionDir },
    {
      executables: { headless_shell: { executablePath: shell.executablePath, env } },
      sandboxArguments: sandboxArguments(sandbox),
      watchdog: { watch: () => Promise.resolve(), unwatch: () => Promise.resolve() },
      launchTimeoutMs: LAUNCH_MS,
      onFailure: (error) => console.error(error),
      ...(owner === undefined ? {} : { owner }),
    },
  );
  try {
    return readArgv(browser.mark.pid)
      .slice(1, -1)
      .filter((argument) => !argument.startsWith('--user-data-dir='));
  } finally {
    await browser.kill();
  }
};

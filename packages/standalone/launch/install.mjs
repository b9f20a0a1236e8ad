import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { claim } from './claim.mjs';
import { guardProcess } from './guard.mjs';
import { LaunchRefusal } from './launch-refusal.mjs';
import { beginLine } from './progress-line.mjs';
import { isInstalled, writeStamp } from './stamp.mjs';

/** Puts exactly what package-lock.json says into node_modules, by the npm that was called. */
export const install = async (checkoutDir) => {
  const line = beginLine('Installing packages');
  const held = await claimInstall(checkoutDir, line);
  try {
    // Whoever held the claim before us may have installed it all meanwhile.
    if (!(await isInstalled(checkoutDir))) {
      await runNpmCi(checkoutDir);
      await writeStamp(checkoutDir);
    }
    line.done('Installed packages');
  } finally {
    line.stop();
    await held.release();
  }
};

const claimInstall = async (checkoutDir, line) => {
  for (;;) {
    const held = await claim(join(checkoutDir, '.waxos', 'install.lock')).catch((error) => {
      line.stop();
      throw new LaunchRefusal(sayWhyNot(error, checkoutDir));
    });
    if (held.heldBy === undefined) return held;
    await pause(300);
  }
};

const runNpmCi = async (checkoutDir) => {
  const logFile = join(checkoutDir, '.waxos', 'logs', 'install.log');
  await mkdir(dirname(logFile), { recursive: true });
  const log = await open(logFile, 'w');
  const { command, prefix } = findNpm();
  // NODE_ENV=production would make npm leave out the tools that build the page.
  const args = [...prefix, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawn(command, args, { cwd: checkoutDir, stdio: ['ignore', log.fd, log.fd], detached: true });
  // An npm that outlived us would fight over node_modules with that of the next start.
  const guard = npm.pid === undefined ? undefined : guardProcess({ pid: npm.pid, signal: 'TERM', isStill: 'kill -0 "$1" 2>/dev/null', wholeGroup: true });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  let patience;
  const { pid } = npm;
  const onSignal = () => {
    if (patience !== undefined || pid === undefined) return;
    process.kill(-pid, 'SIGTERM');
    // What it leaves half done is begun again anyway.
    patience = setTimeout(() => process.kill(-pid, 'SIGKILL'), 2000);
  };
  for (const signal of signals) process.on(signal, onSignal);
  const code = await new Promise((resolve) => {
    npm.once('error', (error) => resolve(error.message));
    npm.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  for (const signal of signals) process.off(signal, onSignal);
  guard?.dismiss();
  clearTimeout(patience);
  await log.close();
  if (patience !== undefined) throw new LaunchRefusal('Stopped while installing; the next start begins the install again.', 130);
  if (code !== 0) throw new LaunchRefusal(await whyNpmFailed(logFile, code));
};

/** npm tells its scripts where it is; without it, the one beside this Node or on the PATH is called. */
const findNpm = () => {
  const called = process.env.npm_execpath;
  if (called !== undefined && basename(called).startsWith('npm')) return { command: process.execPath, prefix: [called] };
  const beside = join(dirname(process.execPath), 'npm');
  return { command: existsSync(beside) ? beside : 'npm', prefix: [] };
};

const causes = [
  [/ENOSPC|no space left/i, 'the disk is full; make room and run the command again'],
  [/EACCES|EPERM|EROFS/, 'this folder may not be written by you; change its owner or use a copy of your own'],
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i, 'the package registry cannot be reached; check the network and run the command again'],
  [/E401|E403|E407/, 'the package registry refused us; check the npm settings of this machine'],
  [/EINTEGRITY/, 'a package differs from what package-lock.json promises; run npm cache clean --force and try again'],
];

const whyNpmFailed = async (logFile, code) => {
  const text = await readFile(logFile, 'utf8');
  const cause = causes.find(([pattern]) => pattern.test(text))?.[1] ?? `npm ended with ${code}`;
  return `Installing the packages failed: ${cause}. What npm said is in ${logFile}.`;
};

const sayWhyNot = (error, checkoutDir) =>
  error.code === 'ENOSPC'
    ? `The disk that holds ${checkoutDir} is full: make room and run the command again.`
    : `Waxos cannot write to ${checkoutDir} (${error.code ?? error.message}): change its owner or use a copy of your own.`;

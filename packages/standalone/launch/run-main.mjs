import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { LaunchRefusal } from './launch-refusal.mjs';

// One Ctrl-C arrives twice: from the terminal and again from npm, which forwards it. Nobody presses it twice in this time.
const samePressMs = 700;
const parentLookMs = 1000;

/**
 * Runs the real program and passes signals on. The program gets a process group of its own, so that a signal reaches
 * it only from here and exactly once, and a channel whose end tells it that this process is gone, however it went.
 */
export const runMain = async ({ node, checkoutDir, args }) => {
  const main = join(checkoutDir, 'packages', 'standalone', 'src', 'main.ts');
  const path = `${join(checkoutDir, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, [main, ...args], { cwd: checkoutDir, env: { ...process.env, PATH: path }, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true });
  const forward = forwardOnce(child);
  for (const [signal, sent] of [['SIGINT', 'SIGINT'], ['SIGTERM', 'SIGTERM'], ['SIGHUP', 'SIGTERM']]) process.on(signal, () => forward(sent));
  const stopWatching = watchParent(() => forward('SIGTERM'));
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new LaunchRefusal(`Node 24 (${node}) cannot run on this machine (${error.message}): install Node 24 or later from https://nodejs.org.`)));
      child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
    });
  } finally {
    stopWatching();
  }
};

const forwardOnce = (child) => {
  let last = -Infinity;
  return (signal) => {
    const now = performance.now();
    if (now - last < samePressMs) return;
    last = now;
    child.kill(signal);
  };
};

// Some shells between npm and us die of a signal without passing it on. A process without npm above it is left alone:
// it may well have been started to outlive its terminal.
const watchParent = (onGone) => {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, parentLookMs);
  return () => clearInterval(timer);
};

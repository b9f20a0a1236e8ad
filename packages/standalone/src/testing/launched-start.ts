import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { sandboxEnv } from '@waxos/sandbox/config';
import { gatewayEnv } from '@waxos/server/config';
import { nodeEnv } from '@waxos/session-node/config';
import { bareEnvironment, checkoutDir, standaloneEnv } from '../config.ts';

/** `npm start` as npm runs it: the launcher in a process group of its own, nothing on its input, no terminal. */
export interface LaunchedStart {
  child: ChildProcess;
  output: { out: string; err: string };
  /** Resolves when the last line of a start is there, or throws when it ended before. */
  untilUp: () => Promise<void>;
  /** Its exit code, or the signal it died of. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** Somebody's `.env` must not reach a test: a variable that is there, though empty, keeps it out and counts as absent. */
const blank = Object.fromEntries([...Object.keys(standaloneEnv), ...Object.keys(gatewayEnv), ...Object.keys(sandboxEnv), ...Object.keys(nodeEnv)].map((name) => [name, '']));

export const launchStart = (environment: Record<string, string>, verb: 'start' | 'dev' = 'start'): LaunchedStart => {
  const child = spawn('node', [join(checkoutDir, 'packages', 'standalone', 'launch.cjs'), verb], {
    cwd: checkoutDir,
    // A browser for each would only make the machine busy; whoever means the node says so.
    env: { ...bareEnvironment(), ...blank, SESSION_NODE: 'false', ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  let isOver = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => {
      isOver = true;
      resolve(code ?? signal);
    });
  });
  const untilUp = async (): Promise<void> => {
    await waitFor(() => (isOver || output.out.includes('Ctrl-C stops it.') ? true : undefined), { timeoutMs: 90_000, what: `the start to be up; it said:\n${output.out}${output.err}` });
    if (isOver) throw new Error(`the start ended:\n${output.out}${output.err}`);
  };
  return { child, output, untilUp, ended };
};

/** Ctrl-C as a terminal gives it: to the whole group at once. */
export const pressCtrlC = ({ child }: LaunchedStart): void => {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
};

/** Every process that has that folder on its command line or in its environment. */
export const listProcessesOf = async (dataDir: string): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const program = await readlink(`/proc/${pid}/exe`);
        const said = (await readFile(`/proc/${pid}/cmdline`, 'utf8')) + (await readFile(`/proc/${pid}/environ`, 'utf8'));
        return said.includes(dataDir) ? [`${pid} ${program}`] : [];
      } catch {
        // It ended meanwhile, or is somebody else's.
        return [];
      }
    }),
  );
  return found.flat();
};

export const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

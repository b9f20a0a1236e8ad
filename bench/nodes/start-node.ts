import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { findChromium } from '@waxos/standalone/chromium/find-chromium';
import { bareEnvironment, checkoutDir } from '@waxos/standalone/config';
import { findProcess, readProcesses, treeOf, type ProcessEntry } from '@waxos/session-node/browser/read-processes';
import type { RunningSandbox } from '../sandboxes/start-sandbox.ts';

/** The session node as whoever installs it runs it: its own program, told everything by its environment. */
export interface NodeProcess {
  pid: number;
  /** When it was asked for, by this process' clock. */
  startedAt: number;
  /** The lines of its log so far. */
  log: readonly LogLine[];
  /** The node, its watchdog and all browsers, as they are now. */
  tree: () => Promise<ProcessEntry[]>;
  /** Asked to end; resolves with how long that took. */
  stop: () => Promise<number>;
  kill: () => Promise<void>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface LogLine {
  msg: string;
  [name: string]: unknown;
}

export interface NodeWanted {
  sandbox: Pick<RunningSandbox, 'url' | 'spki'>;
  gateway: { url: string; token: string };
  /** Of its profiles and all it keeps; what is in it from an earlier run goes on. */
  folder: string;
  name?: string;
  /** A Node of its own, so that it shares no memory with who measures it. */
  execPath?: string;
  /** Besides, or instead of, what is set here. */
  env?: Record<string, string>;
  /** Told at once, for whoever means to kill it before it is ready. */
  spawned?: (pid: number) => void;
  said?: (line: LogLine) => void;
}

const program = fileURLToPath(new URL('../../session-node/src/main.ts', import.meta.url));

/** Resolves when it has begun to connect; what it says to the gateway comes from then on. */
export const startNode = async ({ sandbox, gateway, folder, name = 'bench', execPath = process.execPath, env = {}, spawned, said: hear }: NodeWanted): Promise<NodeProcess> => {
  // The headless shell that Waxos brings, whatever the machine has besides.
  const shell = await findChromium({ chosen: undefined, searchPath: '', cacheDir: join(checkoutDir, '.waxos', 'cache') });
  const startedAt = performance.now();
  const child = spawn(execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...bareEnvironment(),
      NODE_NAME: name,
      GATEWAY_URL: gateway.url,
      NODE_TOKEN: gateway.token,
      PROFILES_DIR: join(folder, 'profiles'),
      NODE_DATA_DIR: join(folder, 'node'),
      HEADLESS_SHELL_PATH: shell.executablePath,
      HEADLESS_SHELL_LIBRARIES: shell.env['LD_LIBRARY_PATH'],
      HEADLESS_SHELL_FONTS: shell.env['FONTCONFIG_FILE'],
      SANDBOX_URL: sandbox.url,
      SANDBOX_SPKI: sandbox.spki,
      WARM_BROWSERS: '0',
      ...env,
    },
  });
  if (child.pid !== undefined) spawned?.(child.pid);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => void child.once('close', (code, signal) => resolve({ code, signal })));
  const log: LogLine[] = [];
  const begun = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    // One that is killed may end within a line.
    if (!line.endsWith('}')) return;
    const said = JSON.parse(line) as LogLine;
    log.push(said);
    hear?.(said);
    if (said.msg === 'node.ready') begun.resolve();
  });
  void ended.then(() => begun.reject(new Error(`the node ended before it was ready: ${JSON.stringify(log.at(-1))}`)));
  await begun.promise;
  const { pid = 0 } = child;
  return {
    pid,
    startedAt,
    log,
    ended,
    tree: async () => {
      const root = findProcess(pid);
      return root === undefined ? [] : treeOf(root, await readProcesses());
    },
    stop: async () => {
      const from = performance.now();
      child.kill('SIGTERM');
      await ended;
      return performance.now() - from;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

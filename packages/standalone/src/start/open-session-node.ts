import { join } from 'node:path';
import { systemClock } from '@waxos/process/clock';
import { openDoors } from '@waxos/server/db/tenant';
import { issueNodeToken } from '@waxos/server/farm/nodes/issue-node-token';
import { BadStart } from '../bad-start.ts';
import { findChromium } from '../chromium/find-chromium.ts';
import type { FoundChromium } from '../chromium/found-chromium.ts';
import { checkoutDir, type Environment, type StartConfig } from '../config.ts';
import { openLogFile } from '../logs/open-log-file.ts';
import { keepProgram } from '../programs/keep-program.ts';
import { warningOf } from '../programs/read-log-line.ts';
import { spawnProgram, type Program } from '../programs/spawn-program.ts';
import type { Parts } from './open-parts.ts';
import { runStep, say } from './run-step.ts';

interface OpenNodeOptions {
  start: StartConfig;
  gatewayUrl: string;
  database: { appUrl: string; systemUrl: string };
  /** What it is told of the sandbox, if one runs. */
  sandbox: Environment;
  parts: Parts;
  signal: AbortSignal;
}

const nodeName = 'local';

/** Runs a session node unless it is not wanted. Without a browser the rest is as good as ever, so that is no bad start. */
export const openSessionNode = async ({ start, gatewayUrl, database, sandbox, parts, signal }: OpenNodeOptions): Promise<void> => {
  if (!start.config.SESSION_NODE) return;
  const chromium = await findBrowser(start);
  if (chromium === undefined) return;
  const path = join(start.config.DATA_DIR, 'logs', 'node.log');
  const log = await openLogFile({ path, onProblem: say });
  parts.opened(log.close);
  const token = await issueToken(database, start);
  const environment = composeNodeEnvironment({ start, gatewayUrl, token, chromium, sandbox });
  const onLine = (line: string): void => {
    log.write(line);
    const warning = warningOf(line);
    if (warning !== undefined) say(`  node ${warning}${warning === line ? '' : ` (see ${path})`}`);
  };
  const keep = () => keepProgram({ name: 'The session node', start: (stopping) => spawnNode({ environment, onLine, signal: stopping }), say, signal });
  const node = await runStep({ doing: 'Starting the session node', done: 'The session node is linked', act: keep });
  parts.opened(node.stop);
};

const findBrowser = async ({ config, environment }: StartConfig): Promise<FoundChromium | undefined> => {
  const find = () => findChromium({ chosen: config.CHROMIUM_PATH, searchPath: environment.PATH, cacheDir: join(config.DATA_DIR, 'cache') });
  try {
    return await runStep({ doing: 'Looking for Chromium', done: ({ executablePath }) => `Chromium is ${executablePath}`, act: find });
  } catch (error) {
    if (!(error instanceof BadStart)) throw error;
    say(`  No device can be opened: ${error.message}`);
    return undefined;
  }
};

/** A root node without another user for its browsers opens pretend devices only. */
const issueToken = async ({ appUrl, systemUrl }: OpenNodeOptions['database'], { environment }: StartConfig): Promise<string> => {
  const isRoot = process.getuid?.() === 0 && (environment.BROWSER_UID ?? '') === '';
  const doors = openDoors({ appUrl, systemUrl, poolSize: 3, clock: systemClock });
  try {
    const { token } = await doors.withSystem('nodes', (tx) => issueNodeToken(tx, { name: nodeName, labels: isRoot ? ['kind:sandbox'] : [] }));
    return token;
  } finally {
    await doors.close();
  }
};

interface NodeGiven {
  start: StartConfig;
  gatewayUrl: string;
  token: string;
  chromium: FoundChromium;
  sandbox: Environment;
}

/** Of what the machine says only what every program needs, and what is the node's own: it runs a stranger's page. */
const composeNodeEnvironment = ({ start, gatewayUrl, token, chromium, sandbox }: NodeGiven): Environment => {
  const { PATH, HOME, TMPDIR, LANG, LOG_LEVEL, MEMORY_BUDGET_MB, WARM_BROWSERS, BROWSER_UID } = start.environment;
  const { executablePath, env, isHeadlessShell } = chromium;
  return {
    PATH,
    HOME,
    TMPDIR,
    LANG,
    MEMORY_BUDGET_MB,
    WARM_BROWSERS,
    BROWSER_UID,
    // It says by a line of this level that it is linked.
    LOG_LEVEL: LOG_LEVEL === 'debug' || LOG_LEVEL === 'trace' ? LOG_LEVEL : 'info',
    NODE_NAME: nodeName,
    GATEWAY_URL: gatewayUrl,
    NODE_TOKEN: token,
    PROFILES_DIR: join(start.config.DATA_DIR, 'profiles'),
    NODE_DATA_DIR: join(start.config.DATA_DIR, 'node'),
    ...(isHeadlessShell ? { HEADLESS_SHELL_PATH: executablePath, HEADLESS_SHELL_LIBRARIES: env['LD_LIBRARY_PATH'], HEADLESS_SHELL_FONTS: env['FONTCONFIG_FILE'] } : { CHROMIUM_PATH: executablePath }),
    ...sandbox,
  };
};

/** Resolves when it is linked to the gateway. */
const spawnNode = ({ environment, onLine, signal }: { environment: Environment; onLine: (line: string) => void; signal: AbortSignal }): Promise<Program> => {
  let isLinked = false;
  return spawnProgram({
    name: 'The session node',
    script: join(checkoutDir, 'session-node', 'src', 'main.ts'),
    environment,
    onLine: (line) => {
      onLine(line);
      isLinked ||= line.includes('"link.connected"');
    },
    isReady: () => (isLinked ? true : undefined),
    readyWhen: 'the session node to be linked',
    signal,
  });
};

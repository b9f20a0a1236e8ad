import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Environment, StartConfig } from '../config.ts';
import { openLogFile } from '../logs/open-log-file.ts';
import { keepProgram } from '../programs/keep-program.ts';
import { warningOf } from '../programs/read-log-line.ts';
import { spawnSandbox } from '../sandboxes/spawn-sandbox.ts';
import { keepPort } from './keep-port.ts';
import type { Parts } from './open-parts.ts';
import { runStep, say } from './run-step.ts';

interface OpenSandboxOptions {
  start: StartConfig;
  parts: Parts;
  signal: AbortSignal;
}

const host = '127.0.0.1';

/** What those are told of it that meet it. */
export interface OpenedSandbox {
  gateway: Environment;
  node: Environment;
}

/** Runs the sandbox unless it is not wanted. */
export const openSandbox = async ({ start, parts, signal }: OpenSandboxOptions): Promise<OpenedSandbox> => {
  if (!start.config.SANDBOX) return { gateway: {}, node: {} };
  const { DATA_DIR: dataDir } = start.config;
  const path = join(dataDir, 'logs', 'sandbox.log');
  const log = await openLogFile({ path, onProblem: say });
  parts.opened(log.close);
  const token = randomBytes(32).toString('base64url');
  // The same port whenever it is started again: browsers of devices were told it.
  const port = await keepPort({ host, file: join(dataDir, 'sandbox', 'port') });
  const environment = sandboxEnvironment({ start, port, token });
  const onLine = (line: string): void => {
    log.write(line);
    const warning = warningOf(line);
    if (warning !== undefined) say(`  sandbox ${warning}${warning === line ? '' : ` (see ${path})`}`);
  };
  const keep = () => keepProgram({ name: 'The sandbox', start: (stopping) => spawnSandbox({ environment, onLine, signal: stopping }), say, signal });
  const sandbox = await runStep({ doing: 'Starting the sandbox', done: 'The sandbox answers', act: keep });
  parts.opened(sandbox.stop);
  const { url, certificate, spki } = sandbox.first;
  return { gateway: { SANDBOX_URL: url, SANDBOX_CONTROL_TOKEN: token, SANDBOX_CERTIFICATE: certificate }, node: { SANDBOX_URL: url, SANDBOX_SPKI: spki } };
};

interface SandboxGiven {
  start: StartConfig;
  port: number;
  token: string;
}

/** None of what the machine says but what every program needs: the sandbox has no business with secrets. */
const sandboxEnvironment = ({ start, port, token }: SandboxGiven): Environment => {
  const { PATH, HOME, TMPDIR, LANG, LOG_LEVEL, SANDBOX_PAGE_WEIGHT, SANDBOX_LEDGER_MB_MAX, SANDBOX_MEDIA_MB_MAX } = start.environment;
  return { PATH, HOME, TMPDIR, LANG, LOG_LEVEL, SANDBOX_PAGE_WEIGHT, SANDBOX_LEDGER_MB_MAX, SANDBOX_MEDIA_MB_MAX, SANDBOX_HOST: host, SANDBOX_PORT: String(port), SANDBOX_DATA_DIR: join(start.config.DATA_DIR, 'sandbox'), SANDBOX_CONTROL_TOKEN: token };
};

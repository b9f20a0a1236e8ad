import { join } from 'node:path';
import type { Environment } from '../config.ts';
import { readMailedTokens } from '../demos/read-mailed-token.ts';
import { spawnGateway } from '../gateways/spawn-gateway.ts';
import { openLogFile } from '../logs/open-log-file.ts';
import { keepProgram } from '../programs/keep-program.ts';
import { mailOf, warningOf } from '../programs/read-log-line.ts';
import type { Parts } from './open-parts.ts';
import { runStep, say } from './run-step.ts';

interface OpenGatewayOptions {
  url: string;
  environment: Environment;
  dataDir: string;
  parts: Parts;
  signal: AbortSignal;
  nodeArgs?: readonly string[];
}

export interface OpenedGateway {
  findMailedToken: (email: string) => Promise<string>;
  /** From now on its warnings are shown: earlier ones are the reason of a failed start, or mails of the demo. */
  showWarnings: () => void;
}

/** Runs the gateway, its lines into a file. */
export const openGateway = async ({ url, environment, dataDir, parts, signal, nodeArgs = [] }: OpenGatewayOptions): Promise<OpenedGateway> => {
  const path = join(dataDir, 'logs', 'gateway.log');
  const log = await openLogFile({ path, onProblem: say });
  parts.opened(log.close);
  const mails = readMailedTokens(signal);
  let shows = false;
  const onLine = (line: string): void => {
    log.write(line);
    mails.read(line);
    if (!shows) return;
    const mail = mailOf(line);
    if (mail !== undefined) return say(`  ${mail}`);
    const warning = warningOf(line);
    // What is no log line, such as a stack, is shown whole: the file says no more.
    if (warning !== undefined) say(`  gateway ${warning}${warning === line ? '' : ` (see ${path})`}`);
  };
  const keep = () => keepProgram({ name: 'The gateway', start: (stopping) => spawnGateway({ url, environment, onLine, nodeArgs, signal: stopping }), say, signal });
  const gateway = await runStep({ doing: 'Starting the gateway', done: 'The gateway answers', act: keep });
  parts.opened(gateway.stop);
  return { findMailedToken: mails.find, showWarnings: () => void (shows = true) };
};

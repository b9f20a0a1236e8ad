import { join } from 'node:path';
import { checkoutDir, readStartConfig, type StartConfig } from '../config.ts';
import { buildPage } from '../pages/build-page.ts';
import { urlOf } from './choose-port.ts';
import { composeEnvironment } from './compose-environment.ts';
import { announce } from './offer-demo.ts';
import { openData } from './open-data.ts';
import { openGateway } from './open-gateway.ts';
import { openSessionNode } from './open-session-node.ts';
import { openSandbox } from './open-sandbox.ts';
import { runStep } from './run-step.ts';
import { runUntilStopped } from './run-until-stopped.ts';

/** `npm start`: everything on this machine, until it is told to stop. */
export const runStart = (stop: AbortSignal): Promise<number> =>
  runUntilStopped(async (parts, signal) => {
    const start = readStartConfig();
    const { DATA_DIR: dataDir, HOST: host } = start.config;
    const { port, saved, database, lost } = await openData({ start, parts, signal, prepare: () => preparePage(start, signal) });
    const sandbox = await openSandbox({ start, parts, signal });
    const environment = composeEnvironment({ start, port, database, secretKey: start.secrets.SECRET_KEY ?? saved.secretKey, sandbox: sandbox.gateway });
    const url = urlOf({ host, port });
    const gateway = await openGateway({ url, environment, dataDir, parts, signal });
    await openSessionNode({ start, gatewayUrl: url, database, sandbox: sandbox.node, parts, signal });
    await announce({ start, url, port, gateway });
    return { lost };
  }, stop);

const preparePage = async (start: StartConfig, signal: AbortSignal): Promise<void> => {
  const { environment, config } = start;
  // Another folder or another server has the page then.
  if (environment.SERVE_WEB === 'false' || (environment.WEB_DIR ?? '') !== '') return;
  await runStep({
    doing: 'Building the page',
    act: () => buildPage({ checkoutDir, logFile: join(config.DATA_DIR, 'logs', 'page.log'), environment, signal }),
    done: (built) => (built ? 'Built the page' : 'The page is built already'),
  });
};

import { derivePublicUrl } from '@waxos/server/config';
import { checkoutDir, readStartConfig } from '../config.ts';
import { openDevPage } from '../pages/open-dev-page.ts';
import { choosePort, urlOf } from './choose-port.ts';
import { composeEnvironment } from './compose-environment.ts';
import { announce } from './offer-demo.ts';
import { openData } from './open-data.ts';
import { openGateway } from './open-gateway.ts';
import { openSessionNode } from './open-session-node.ts';
import { openSandbox } from './open-sandbox.ts';
import { runStep } from './run-step.ts';
import { runUntilStopped } from './run-until-stopped.ts';

/** `npm run dev`: the same with reload. vite stands in front, and Node starts the gateway again when a file of it changes. */
export const runDev = (stop: AbortSignal): Promise<number> =>
  runUntilStopped(async (parts, signal) => {
    const start = readStartConfig();
    const { DATA_DIR: dataDir, HOST: host } = start.config;
    const { port, saved, database, lost } = await openData({ start, parts, signal, prepare: async () => undefined });
    const publicUrl = derivePublicUrl({ ...start.config, PORT: port }).url;
    const gatewayPort = await choosePort({ host: '127.0.0.1', port: 0 });
    const url = urlOf({ host: '127.0.0.1', port: gatewayPort });
    const sandbox = await openSandbox({ start, parts, signal });
    const environment = {
      ...composeEnvironment({ start, port: gatewayPort, database, secretKey: start.secrets.SECRET_KEY ?? saved.secretKey, sandbox: sandbox.gateway }),
      HOST: '127.0.0.1',
      PUBLIC_URL: publicUrl.origin,
      SERVE_WEB: 'false',
    };
    const gateway = await openGateway({ url, environment, dataDir, parts, signal, nodeArgs: ['--watch', '--watch-preserve-output'] });
    await openSessionNode({ start, gatewayUrl: url, database, sandbox: sandbox.node, parts, signal });
    const page = await runStep({ doing: 'Starting vite', done: 'vite serves the page', act: () => openDevPage({ checkoutDir, host, port, gatewayUrl: url }) });
    parts.opened(page.close);
    await announce({ start, url, port, gateway });
    return { lost };
  }, stop);

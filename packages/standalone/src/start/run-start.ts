import { join } from 'node:path';
import { checkoutDir, readStartConfig, type StartConfig } from '../config.ts';
import { findDemoSignIn, type DemoSignIn } from '../demos/demo-sign-in.ts';
import { readMailedTokens, type MailedTokens } from '../demos/read-mailed-token.ts';
import { seedDemo } from '../demos/seed-demo.ts';
import { keepGateway } from '../gateways/keep-gateway.ts';
import { warningOf } from '../gateways/read-log-line.ts';
import { openLogFile } from '../logs/open-log-file.ts';
import { buildPage } from '../pages/build-page.ts';
import { keepSecrets } from '../secrets.ts';
import { choosePort, urlOf } from './choose-port.ts';
import { claimDataDir } from './claim-data-dir.ts';
import { composeEnvironment, tryEnvironment } from './compose-environment.ts';
import { openDatabase } from './open-database.ts';
import { openParts, type Parts } from './open-parts.ts';
import { runStep, say } from './run-step.ts';

/** `npm start`: everything on this machine, until it is told to stop. */
export const runStart = async (signal: AbortSignal): Promise<number> => {
  const parts = openParts();
  try {
    const { lost } = await openAll(parts, signal);
    const reason = await untilStopped(signal, lost);
    if (reason !== undefined) console.error(reason);
    await parts.closeAll();
    say(reason === undefined ? 'Stopped.' : 'Everything else is stopped.');
    return reason === undefined ? 0 : 1;
  } catch (error) {
    await parts.closeAll();
    if (!signal.aborted) throw error;
    say('Stopped.');
    return 130;
  }
};

/** Opens the parts in their order; `lost` resolves with a sentence when one is gone that cannot be had again. */
const openAll = async (parts: Parts, signal: AbortSignal): Promise<{ lost: Promise<string> }> => {
  const start = readStartConfig();
  tryEnvironment(start);
  const { DATA_DIR: dataDir, HOST: host } = start.config;
  parts.opened(await claimDataDir(dataDir));
  const port = await choosePort({ host, port: start.config.PORT });
  const saved = await keepSecrets(dataDir);
  await preparePage(start, signal);
  signal.throwIfAborted();
  const lost = Promise.withResolvers<string>();
  const onLost = () => lost.resolve(`PostgreSQL ended by itself; what it said is in ${join(dataDir, 'logs', 'postgres.log')}.`);
  const database = await openDatabase({ start, saved, parts, onLost });
  signal.throwIfAborted();
  const environment = composeEnvironment({ start, port, database, secretKey: start.secrets.SECRET_KEY ?? saved.secretKey });
  const mails = readMailedTokens(signal);
  const url = urlOf({ host, port });
  const gateway = await openGateway({ url, environment, dataDir, parts, signal, mails });
  const publicUrl = start.config.PUBLIC_URL ?? `http://localhost:${port}`;
  const signIn = await offerDemo({ start, url, origin: new URL(publicUrl).origin, mails });
  announce(publicUrl, signIn);
  gateway.showWarnings();
  return { lost: lost.promise };
};

const preparePage = async (start: StartConfig, signal: AbortSignal): Promise<void> => {
  const { environment, config } = start;
  if (environment.SERVE_WEB === 'false' || (environment.WEB_DIR ?? '') !== '') return;
  await runStep({
    doing: 'Building the page',
    done: (built) => (built ? 'Built the page' : 'The page is built already'),
    act: () => buildPage({ checkoutDir, logFile: join(config.DATA_DIR, 'logs', 'page.log'), environment, signal }),
  });
};

interface OpenGatewayOptions {
  url: string;
  environment: StartConfig['environment'];
  dataDir: string;
  parts: Parts;
  signal: AbortSignal;
  mails: MailedTokens;
}

const openGateway = async ({ url, environment, dataDir, parts, signal, mails }: OpenGatewayOptions): Promise<{ showWarnings: () => void }> => {
  const log = await openLogFile({ path: join(dataDir, 'logs', 'gateway.log'), onProblem: say });
  parts.opened(log.close);
  // What it says while it starts is told as the reason if it fails, and the demo's mails are read by us.
  let shows = false;
  const onLine = (line: string): void => {
    log.write(line);
    mails.read(line);
    const warning = warningOf(line);
    if (shows && warning !== undefined) say(`  gateway ${warning}`);
  };
  const gateway = await runStep({ doing: 'Starting the gateway', done: 'The gateway answers', act: () => keepGateway({ url, environment, onLine, say, signal }) });
  parts.opened(gateway.stop);
  return { showWarnings: () => void (shows = true) };
};

interface OfferDemoOptions {
  start: StartConfig;
  url: string;
  origin: string;
  mails: MailedTokens;
}

const offerDemo = async ({ start, url, origin, mails }: OfferDemoOptions): Promise<DemoSignIn | undefined> => {
  if (!start.config.SEED_DEMO) return undefined;
  const dataDir = start.config.DATA_DIR;
  const found = await findDemoSignIn({ dataDir, url, origin });
  if (found !== undefined) return found;
  const findMailedToken = (start.environment.SMTP_URL ?? '') === '' ? mails.find : undefined;
  return runStep({ doing: 'Looking for a demo workspace', done: (made) => (made === undefined ? 'Waxos is set up' : 'Made a demo workspace'), act: () => seedDemo({ dataDir, url, origin, findMailedToken }) });
};

const announce = (publicUrl: string, signIn: DemoSignIn | undefined): void => {
  say(`\n  Waxos is at ${publicUrl}`);
  if (signIn !== undefined) say(`  Sign in as ${signIn.email} with the password ${signIn.password}`);
  say('  Ctrl-C stops it.\n');
};

const untilStopped = async (signal: AbortSignal, lost: Promise<string>): Promise<string | undefined> => {
  const stopped = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([stopped, lost]);
};

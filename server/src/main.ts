import { readFile } from 'node:fs/promises';
import { EnvError } from '@waxos/process/env';
import { beginLifecycle } from '@waxos/process/lifecycle';
import { openLog } from '@waxos/process/log';
import { readConfig } from './config.ts';
import { openContext } from './context.ts';
import { DatabaseRefusal } from './db/try-login.ts';

const DRAIN_TIMEOUT_MS = 20_000;

const readVersion = async (): Promise<string> => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const manifest = JSON.parse(text) as { version?: unknown };
  return typeof manifest.version === 'string' ? manifest.version : 'unknown';
};

const main = async (): Promise<void> => {
  const { config, secrets } = readConfig();
  const log = openLog({ name: 'gateway', level: config.LOG_LEVEL });
  const lifecycle = beginLifecycle({ log, drainTimeoutMs: DRAIN_TIMEOUT_MS });
  try {
    const { app } = await openContext({ config, secrets, log, lifecycle, version: await readVersion() });
    await app.listen({ host: config.HOST, port: config.PORT });
    if (config.isPublicUrlGuessed) log.warn(`HOST ${config.HOST} tells no address: only pages at ${config.PUBLIC_URL.origin} can change anything until PUBLIC_URL is set to what stands in people's browsers`);
    log.info({ url: config.PUBLIC_URL.origin, config }, 'gateway listens');
  } catch (error) {
    const taken = findTakenPort(error);
    if (taken !== undefined) process.stderr.write(`Port ${taken} is taken. Stop what uses it, or set ${taken === config.METRICS_PORT ? 'METRICS_PORT' : 'PORT'} to another one.\n`);
    else if (error instanceof DatabaseRefusal) process.stderr.write(`${error.message}\n`);
    else log.fatal({ err: error }, 'gateway did not start');
    await lifecycle.end(1);
  }
};

const findTakenPort = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error && typeof error.port === 'number' ? error.port : undefined;

try {
  await main();
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

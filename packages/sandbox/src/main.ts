import { EnvError } from '@waxos/process/env';
import { beginLifecycle } from '@waxos/process/lifecycle';
import { openLog } from '@waxos/process/log';
import { readConfig } from './config.ts';
import { openSandbox } from './context.ts';

const DRAIN_TIMEOUT_MS = 10_000;

const main = async (): Promise<void> => {
  const { config, secrets } = readConfig();
  const log = openLog({ name: 'sandbox', level: config.LOG_LEVEL });
  const lifecycle = beginLifecycle({ log, drainTimeoutMs: DRAIN_TIMEOUT_MS });
  try {
    const { SANDBOX_DATA_DIR: dataDir, SANDBOX_MEDIA_MB_MAX: mediaMbMax } = config;
    const { SANDBOX_CONTROL_TOKEN: controlToken } = secrets;
    const sandbox = await openSandbox({
      port: config.SANDBOX_PORT,
      host: config.SANDBOX_HOST,
      openPhones: config.SANDBOX_OPEN_PHONES,
      weight: config.SANDBOX_PAGE_WEIGHT,
      ledgerMbMax: config.SANDBOX_LEDGER_MB_MAX,
      log,
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(mediaMbMax === undefined ? {} : { mediaMbMax }),
      ...(controlToken === undefined ? {} : { controlToken }),
    });
    lifecycle.opened({ name: 'sandbox', close: sandbox.close });
    const { port, url, spki, certificate } = sandbox;
    log.info({ port, url, spki, certificate }, 'sandbox.listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') process.stderr.write(`Port ${config.SANDBOX_PORT} is taken. Stop what uses it, or set SANDBOX_PORT to another one.\n`);
    else log.fatal({ err: error }, 'sandbox did not start');
    await lifecycle.end(1);
  }
};

try {
  await main();
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

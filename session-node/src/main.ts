import { mkdir, readFile } from 'node:fs/promises';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { EnvError } from '@waxos/process/env';
import { beginLifecycle } from '@waxos/process/lifecycle';
import { openLog } from '@waxos/process/log';
import { readConfig } from './config.ts';

/** Every page is closed cleanly within it; what is left then is killed by the watchdog. */
const DRAIN_TIMEOUT_MS = 45_000;

const readVersion = async (): Promise<string> => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const manifest = JSON.parse(text) as { version?: unknown };
  return typeof manifest.version === 'string' ? manifest.version : 'unknown';
};

/**
 * What the rest of the program compiles to is kept for the next start, which has sessions waiting: it takes half the
 * time then. In the node's own folder, since whoever may write there may have it run anything.
 */
const keepCompiled = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  enableCompileCache(join(folder, 'compiled'));
};

const main = async (): Promise<void> => {
  const { config, secrets } = readConfig();
  const log = openLog({ name: 'node', level: config.LOG_LEVEL });
  const lifecycle = beginLifecycle({ log, drainTimeoutMs: DRAIN_TIMEOUT_MS });
  try {
    const failed = (error: Error): void => {
      log.fatal({ err: error }, 'the node cannot go on');
      void lifecycle.end(1);
    };
    await keepCompiled(config.NODE_DATA_DIR);
    const { openNode } = await import('./context.ts');
    const node = await openNode({ config, secrets, log, version: await readVersion(), failed });
    lifecycle.opened({ name: 'node', close: node.close });
    log.info({ node: config.NODE_NAME, gateway: config.GATEWAY_URL, config }, 'node.ready');
    // Whoever is killed writes nothing more.
    flushCompileCache();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') process.stderr.write(`Port ${config.METRICS_PORT} is taken. Stop what uses it, or set METRICS_PORT to another one.\n`);
    else log.fatal({ err: error }, 'node did not start');
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

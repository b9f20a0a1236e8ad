import { join } from 'node:path';
import type { StartConfig } from '../config.ts';
import { keepSecrets, type SavedSecrets } from '../secrets.ts';
import { choosePort } from './choose-port.ts';
import { claimDataDir } from './claim-data-dir.ts';
import { tryEnvironment } from './compose-environment.ts';
import { openDatabase, type OpenedDatabase } from './open-database.ts';
import type { Parts } from './open-parts.ts';

interface OpenDataOptions {
  start: StartConfig;
  parts: Parts;
  signal: AbortSignal;
  /** What takes long and needs no database: done once the cheap refusals are behind us. */
  prepare: () => Promise<void>;
}

export interface OpenedData {
  port: number;
  saved: SavedSecrets;
  database: OpenedDatabase;
  lost: Promise<string>;
}

/** Everything under the gateway, the cheapest refusals first. */
export const openData = async ({ start, parts, signal, prepare }: OpenDataOptions): Promise<OpenedData> => {
  tryEnvironment(start);
  const { DATA_DIR: dataDir, HOST: host } = start.config;
  parts.opened(await claimDataDir(dataDir));
  const port = await choosePort({ host, port: start.config.PORT });
  const saved = await keepSecrets(dataDir);
  await prepare();
  signal.throwIfAborted();
  const lost = Promise.withResolvers<string>();
  const onLost = () => lost.resolve(`PostgreSQL ended by itself; what it said is in ${join(dataDir, 'logs', 'postgres.log')}.`);
  const database = await openDatabase({ start, saved, parts, onLost });
  signal.throwIfAborted();
  return { port, saved, database, lost: lost.promise };
};

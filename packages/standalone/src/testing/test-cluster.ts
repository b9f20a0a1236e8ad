import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkoutDir } from '../config.ts';
import { cloneDatabase, urlsOf } from '../postgres/database.ts';
import { migrateDatabase } from '../postgres/migrate-database.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { makeSecrets, type SavedSecrets } from '../secrets.ts';

/** What a test needs to make a database of its own; plain data, since it crosses to the test's process. */
export interface TestCluster {
  port: number;
  passwords: SavedSecrets;
  /** Both hold the roles; only `migrated` has the tables. */
  templates: { migrated: string; empty: string };
}

export interface RunningTestCluster {
  cluster: TestCluster;
  stop: () => Promise<void>;
}

/** One PostgreSQL for a whole run, in a folder that is gone afterwards. */
export const startTestCluster = async (): Promise<RunningTestCluster> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'waxos-test-'));
  const passwords = makeSecrets();
  const logFile = join(dataDir, 'logs', 'postgres.log');
  try {
    const running = await startPostgres({ dataDir, checkoutDir, logFile, passwords, durable: false });
    const stop = async () => {
      await running.stop();
      await removeAll(dataDir, running.dir);
    };
    try {
      const templates = await makeTemplates(running.port, passwords);
      return { cluster: { port: running.port, passwords, templates }, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    if (existsSync(logFile)) console.error(await readFile(logFile, 'utf8'));
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
};

const makeTemplates = async (port: number, passwords: SavedSecrets): Promise<TestCluster['templates']> => {
  const templates = { empty: 'waxos', migrated: 'waxos_migrated' };
  await cloneDatabase(urlsOf(port, passwords, 'postgres').superuserUrl, templates.empty, templates.migrated);
  await migrateDatabase({ ownerUrl: urlsOf(port, passwords, templates.migrated).ownerUrl, onStep: () => undefined });
  return templates;
};

const removeAll = async (dataDir: string, clusterDir: string): Promise<void> => {
  await rm(dataDir, { recursive: true, force: true });
  // Root keeps the cluster elsewhere where its lent uid cannot reach the temporary folder.
  if (dirname(clusterDir) !== dataDir) await rm(dirname(clusterDir), { recursive: true, force: true });
};

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { claim } from '../../launch/claim.mjs';
import { checkoutDir } from '../config.ts';
import { cloneDatabase, urlsOf } from '../postgres/database.ts';
import { migrateDatabase } from '../postgres/migrate-database.ts';
import { endLeftover } from '../postgres/postmaster-file.ts';
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

const folderPrefix = 'waxos-test-';
const claimName = 'running.lock';
const youngMs = 60_000;

/** One PostgreSQL for a whole run, in a folder that is gone afterwards. */
export const startTestCluster = async (): Promise<RunningTestCluster> => {
  await removeDead();
  const dataDir = await mkdtemp(join(tmpdir(), folderPrefix));
  await claim(join(dataDir, claimName));
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

/** What a run that was killed has left: nobody else would ever look there again. */
const removeDead = async (): Promise<void> => {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(folderPrefix));
  for (const name of names) {
    const dir = join(tmpdir(), name);
    const { uid, birthtimeMs } = await stat(dir);
    // Another's, or so young that its run may not have put its claim there yet.
    if (uid !== process.getuid?.() || Date.now() - birthtimeMs < youngMs) continue;
    if ((await claim(join(dir, claimName))).heldBy !== undefined) continue;
    await endLeftover(join(dir, 'postgres'));
    await rm(dir, { recursive: true, force: true });
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

import { join } from 'node:path';
import { checkoutDir, type StartConfig } from '../config.ts';
import { useExternalDatabase } from '../postgres/external-database.ts';
import { migrateDatabase } from '../postgres/migrate-database.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import type { SavedSecrets } from '../secrets.ts';
import type { Parts } from './open-parts.ts';
import { runStep, say } from './run-step.ts';

export interface OpenedDatabase {
  appUrl: string;
  systemUrl: string;
}

interface OpenDatabaseOptions {
  start: StartConfig;
  saved: SavedSecrets;
  parts: Parts;
  /** Called when a PostgreSQL of ours ends by itself. */
  onLost: () => void;
}

/** The operator's PostgreSQL or one of our own, migrated. */
export const openDatabase = async ({ start, saved, parts, onLost }: OpenDatabaseOptions): Promise<OpenedDatabase> => {
  const { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl, DATABASE_SYSTEM_URL: systemUrl } = start.secrets;
  const database =
    ownerUrl === undefined
      ? await runStep({ doing: 'Starting PostgreSQL', done: 'PostgreSQL runs', act: () => startOwn({ start, saved, parts, onLost }) })
      : await runStep({ doing: 'Connecting to PostgreSQL', done: 'PostgreSQL is reached', act: () => useExternalDatabase({ ownerUrl, appUrl, systemUrl, passwords: saved }) });
  await runStep({
    doing: 'Migrating the database',
    act: (tell) => migrateDatabase({ ownerUrl: database.ownerUrl, onStep: ({ name, done, total }) => tell(`${done} of ${total}: ${name}`) }),
    done: (count) => (count === 0 ? 'The database is up to date' : `Migrated the database (${count} ${count === 1 ? 'step' : 'steps'})`),
  });
  return database;
};

const startOwn = async ({ start, saved, parts, onLost }: OpenDatabaseOptions) => {
  const notes: string[] = [];
  const dataDir = start.config.DATA_DIR;
  const postgres = await startPostgres({
    dataDir,
    checkoutDir,
    logFile: join(dataDir, 'logs', 'postgres.log'),
    passwords: saved,
    durable: true,
    onNote: (note) => notes.push(note),
  });
  let stopping = false;
  parts.opened(async () => {
    stopping = true;
    await postgres.stop();
  });
  void postgres.ended.then(() => (stopping ? undefined : onLost()));
  for (const note of notes) say(`  ${note}`);
  return postgres.urls;
};

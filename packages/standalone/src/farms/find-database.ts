import { asRole } from '@waxos/server/db/roles';
import { BadStart } from '../bad-start.ts';
import { checkoutDir, type StartConfig } from '../config.ts';
import { locateCluster } from '../postgres/cluster-location.ts';
import { urlsOf } from '../postgres/database.ts';
import { readPostmasterFile } from '../postgres/postmaster-file.ts';
import { keepSecrets } from '../secrets.ts';

/** The database of a Waxos that runs, as its gateways reach it. */
export const findDatabase = async ({ config, secrets }: StartConfig): Promise<{ appUrl: string; systemUrl: string }> => {
  const { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl, DATABASE_SYSTEM_URL: systemUrl } = secrets;
  if (appUrl !== undefined && systemUrl !== undefined) return { appUrl, systemUrl };
  const saved = await keepSecrets(config.DATA_DIR);
  if (ownerUrl !== undefined) return { appUrl: appUrl ?? asRole(ownerUrl, 'waxos_app', saved.appPassword), systemUrl: systemUrl ?? asRole(ownerUrl, 'waxos_system', saved.systemPassword) };
  const { dir } = await locateCluster({ dataDir: config.DATA_DIR, checkoutDir });
  const file = await readPostmasterFile(dir);
  if (file?.port === undefined || !file.isReady) throw new BadStart(`No Waxos runs from ${config.DATA_DIR}: npm start first, or set DATA_DIR or DATABASE_URL to the one that is meant.`);
  return urlsOf(file.port, saved, 'waxos');
};

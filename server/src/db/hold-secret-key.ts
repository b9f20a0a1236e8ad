import { DatabaseRefusal } from './try-login.ts';
import { installations } from './schema/installations.ts';
import type { SystemTx } from './tenant.ts';

/** What of the keyring this needs. */
interface KeyProof {
  mac: (purpose: 'installation', text: string) => string;
  isMac: (purpose: 'installation', text: string, mac: string) => boolean;
}

// Never another one: it is what every release compares by.
const PROOF = 'waxos installation';

/** Remembers the SECRET_KEY of the first start, and refuses another: what the first has sealed could not be read, link by link and login by login. */
export const holdSecretKey = async ({ db }: SystemTx, keys: KeyProof): Promise<void> => {
  await db.insert(installations).values({ secretKeyMac: keys.mac('installation', PROOF) }).onConflictDoNothing();
  const [held] = await db.select().from(installations);
  if (held === undefined) throw new Error('the installation was not remembered');
  if (keys.isMac('installation', PROOF, held.secretKeyMac)) return;
  throw new DatabaseRefusal('SECRET_KEY is not the one that this database was sealed with: set the one it had (npm start keeps its own in secrets.json of DATA_DIR), or restore the database that belongs to this key.');
};

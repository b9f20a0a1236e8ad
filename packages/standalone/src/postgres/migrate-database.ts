import { join } from 'node:path';
import { migrate, MigrationError } from '@waxos/server/db/migrate';
import { BadStart } from '../bad-start.ts';
import { checkoutDir } from '../config.ts';

interface MigrateDatabaseOptions {
  ownerUrl: string;
  onStep: (step: { name: string; done: number; total: number }) => void;
}

/** Applies what the checkout has and the database lacks; how many that were. */
export const migrateDatabase = async ({ ownerUrl, onStep }: MigrateDatabaseOptions): Promise<number> => {
  try {
    return await migrate({ ownerUrl, directory: join(checkoutDir, 'migrations'), onStep });
  } catch (error) {
    if (error instanceof MigrationError) throw new BadStart(error.message);
    throw error;
  }
};

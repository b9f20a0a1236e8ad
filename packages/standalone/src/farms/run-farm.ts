import { existsSync } from 'node:fs';
import { systemClock } from '@waxos/process/clock';
import { openDoors } from '@waxos/server/db/tenant';
import { BadStart } from '../bad-start.ts';
import { readStartConfig } from '../config.ts';
import { askFarm } from './ask-farm.ts';
import { findDatabase } from './find-database.ts';

/** `npm run farm`: session nodes from the shell, while Waxos runs. */
export const runFarm = async (args: readonly string[]): Promise<number> => {
  const start = readStartConfig();
  const { DATABASE_URL: ownerUrl, DATABASE_SYSTEM_URL: systemUrl } = start.secrets;
  if (ownerUrl === undefined && systemUrl === undefined && !existsSync(start.config.DATA_DIR)) throw new BadStart(`There is no ${start.config.DATA_DIR}: npm start makes it.`);
  const doors = openDoors({ ...(await findDatabase(start)), poolSize: 3, clock: systemClock });
  try {
    await askFarm({ doors, print: (line) => console.log(line) }, args);
    return 0;
  } finally {
    await doors.close();
  }
};

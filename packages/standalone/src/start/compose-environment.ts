import { join } from 'node:path';
import { EnvError } from '@waxos/process/env';
import { readConfig } from '@waxos/server/config';
import { BadStart } from '../bad-start.ts';
import type { Environment, StartConfig } from '../config.ts';

interface Composed {
  start: StartConfig;
  port: number;
  database: { appUrl: string; systemUrl: string };
  secretKey: string;
  /** Where the sandbox is that we started. Without one, the machine may name another. */
  sandbox?: Environment;
}

/** What the gateway is given: all that the machine says, except the login that owns the database. */
export const composeEnvironment = ({ start, port, database, secretKey, sandbox = {} }: Composed): Environment => ({
  ...start.environment,
  NODE_ENV: start.config.NODE_ENV,
  HOST: start.config.HOST,
  PORT: String(port),
  DATA_DIR: start.config.DATA_DIR,
  DATABASE_URL: undefined,
  DATABASE_APP_URL: database.appUrl,
  DATABASE_SYSTEM_URL: database.systemUrl,
  SECRET_KEY: secretKey,
  OBJECT_STORE_DIR: isSet(start, 'OBJECT_STORE_DIR') || isSet(start, 'S3_BUCKET') ? start.environment.OBJECT_STORE_DIR : join(start.config.DATA_DIR, 'objects'),
  ...sandbox,
});

/** As in a `.env` file, what is empty is absent. */
const isSet = ({ environment }: StartConfig, name: string): boolean => (environment[name] ?? '') !== '';

/** Says what is wrong with the gateway's variables before anything is opened for it. */
export const tryEnvironment = (start: StartConfig): void => {
  const { SECRET_KEY: secretKey } = start.secrets;
  if (start.config.NODE_ENV === 'production' && secretKey === undefined) {
    throw new BadStart('SECRET_KEY is missing, and production makes none up: set it to at least 32 random bytes in base64 (openssl rand -base64 32).');
  }
  const placeholder = { appUrl: 'postgres://app@localhost/waxos', systemUrl: 'postgres://system@localhost/waxos' };
  try {
    readConfig(composeEnvironment({ start, port: start.config.PORT, database: placeholder, secretKey: secretKey ?? 'A'.repeat(43) }));
  } catch (error) {
    if (error instanceof EnvError) throw new BadStart(error.message);
    throw error;
  }
};

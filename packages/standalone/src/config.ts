import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnvError, flagVariable, portVariable, readEnv, textVariable, urlVariable, type EnvSpec } from '@waxos/process/env';
import { z } from 'zod';
import { BadStart } from './bad-start.ts';

export const checkoutDir = resolve(import.meta.dirname, '../../..');

/** What `npm start` reads for itself; the gateway's variables are handed on to it. */
export const standaloneEnv = {
  NODE_ENV: {
    schema: z.enum(['development', 'production'], 'must be development or production').default('development'),
    about: 'production makes up no secret and seeds nothing.',
    example: 'production',
  },
  PORT: { schema: portVariable.default(3000), about: 'Port of the page and the API.', example: '3000' },
  HOST: { schema: textVariable.default('127.0.0.1'), about: 'Address the gateway listens on.', example: '0.0.0.0' },
  PUBLIC_URL: { schema: urlVariable('http:', 'https:').optional(), about: 'Where people reach Waxos.', example: 'https://inbox.example.com' },
  DATA_DIR: {
    schema: textVariable.default('.waxos').transform((path) => resolve(checkoutDir, path)),
    about: 'Folder of everything that must be kept: the database, generated secrets, media, logs. Relative to the checkout.',
    example: '/var/lib/waxos/data',
  },
  DATABASE_URL: {
    schema: urlVariable('postgres:', 'postgresql:').optional(),
    about: 'PostgreSQL 15 or newer of your own, as a login that owns the database and may make roles. Without it `npm start` runs one in DATA_DIR.',
    example: 'postgres://waxos_owner:secret@db.example.com:5432/waxos',
    secret: true,
  },
  DATABASE_APP_URL: { schema: urlVariable('postgres:', 'postgresql:').optional(), about: 'See the gateway.', example: 'postgres://waxos_app:secret@db.example.com:5432/waxos', secret: true },
  DATABASE_SYSTEM_URL: { schema: urlVariable('postgres:', 'postgresql:').optional(), about: 'See the gateway.', example: 'postgres://waxos_system:secret@db.example.com:5432/waxos', secret: true },
  SECRET_KEY: { schema: textVariable.optional(), about: 'See the gateway. Made up and kept in DATA_DIR when absent, except in production.', example: 'VGhpcyBpcyBhbiBleGFtcGxlLCBtYWtlIHlvdXIgb3duIQ==', secret: true },
  REDIS_URL: { schema: urlVariable('redis:', 'rediss:').optional(), about: 'See the gateway. Tests use it too.', example: 'redis://127.0.0.1:6379', secret: true },
  SEED_DEMO: { schema: flagVariable.optional(), about: 'Whether the first start makes a demo workspace; true unless in production.', example: 'false' },
  SANDBOX: { schema: flagVariable.default(true), about: 'Whether the pretend WhatsApp runs beside: phones to try Waxos with, at /sandbox.', example: 'false' },
  SESSION_NODE: { schema: flagVariable.default(true), about: 'Whether a session node runs beside, which opens the devices.', example: 'false' },
  CHROMIUM_PATH: { schema: textVariable.optional(), about: 'Chromium or Chrome to use instead of the one that is found.', example: '/usr/bin/chromium' },
} as const satisfies EnvSpec;

const read = (source: Record<string, string | undefined>) => {
  const { settings, secrets } = readEnv(standaloneEnv, source);
  return { settings: { ...settings, SEED_DEMO: settings.SEED_DEMO ?? settings.NODE_ENV === 'development' }, secrets };
};
type Read = ReturnType<typeof read>;
export type Config = Read['settings'];
export type Secrets = Read['secrets'];

/** Everything the machine says, to be handed to the processes that we start. */
export type Environment = Record<string, string | undefined>;

export interface StartConfig {
  config: Config;
  secrets: Secrets;
  environment: Environment;
}

/** Reads `.env` in the checkout, where the real environment wins, and then the variables. */
export const readStartConfig = (): StartConfig => {
  const file = join(checkoutDir, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  try {
    const { settings, secrets } = read(process.env);
    return { config: settings, secrets, environment: { ...process.env } };
  } catch (error) {
    if (error instanceof EnvError) throw new BadStart(error.message);
    throw error;
  }
};

/** What of the machine tests use. Nothing else, and no `.env`: they must not depend on somebody's installation. */
export const readTestConfig = (): { chromiumPath: string | undefined; redisUrl: string | undefined } => {
  const { CHROMIUM_PATH, REDIS_URL } = standaloneEnv;
  const { settings, secrets } = readEnv({ CHROMIUM_PATH, REDIS_URL }, process.env);
  return { chromiumPath: settings.CHROMIUM_PATH, redisUrl: secrets.REDIS_URL };
};

/** What any program of ours may see of the machine in a test: nothing that would change what Waxos does. */
export const bareEnvironment = (): Environment => {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
};

import { expect, test } from 'vitest';
import type { StartConfig } from '../config.ts';
import { composeEnvironment, tryEnvironment } from './compose-environment.ts';

const startOf = (environment: Record<string, string>, config: Partial<StartConfig['config']> = {}): StartConfig => ({
  config: { NODE_ENV: 'development', PORT: 3000, HOST: '127.0.0.1', PUBLIC_URL: undefined, DATA_DIR: '/data', SEED_DEMO: true, SANDBOX: true, SESSION_NODE: true, CHROMIUM_PATH: undefined, ...config },
  secrets: { DATABASE_URL: environment.DATABASE_URL, DATABASE_APP_URL: undefined, DATABASE_SYSTEM_URL: undefined, SECRET_KEY: environment.SECRET_KEY, REDIS_URL: undefined },
  environment,
});

test('the gateway is never given the login that owns the database', () => {
  const start = startOf({ DATABASE_URL: 'postgres://owner:secret@db/waxos', SMTP_URL: 'smtp://mail' });
  const given = composeEnvironment({ start, port: 3001, database: { appUrl: 'postgres://app', systemUrl: 'postgres://system' }, secretKey: 'key' });
  expect(Object.values(given).join(' ')).not.toContain('owner');
  expect(given).toMatchObject({ PORT: '3001', DATABASE_APP_URL: 'postgres://app', DATABASE_SYSTEM_URL: 'postgres://system', SECRET_KEY: 'key', SMTP_URL: 'smtp://mail' });
});

test('media are kept beside the rest, unless the machine says where', () => {
  const storeOf = (environment: Record<string, string>) => composeEnvironment({ start: startOf(environment), port: 1, database: { appUrl: '', systemUrl: '' }, secretKey: '' })['OBJECT_STORE_DIR'];
  expect([storeOf({}), storeOf({ OBJECT_STORE_DIR: '' }), storeOf({ OBJECT_STORE_DIR: '/srv' }), storeOf({ S3_BUCKET: 'media' })]).toEqual(['/data/objects', '/data/objects', '/srv', undefined]);
});

test('production without a secret key is refused in one sentence, and makes none up', () => {
  expect(() => tryEnvironment(startOf({ PUBLIC_URL: 'https://inbox.example.com' }, { NODE_ENV: 'production' }))).toThrow(/^SECRET_KEY is missing, and production makes none up: [^\n]*\.$/);
});

test('a variable that only the gateway reads is refused before anything is opened', () => {
  expect(() => tryEnvironment(startOf({ SMTP_URL: 'mail' }))).toThrow(/^SMTP_URL must be a URL/);
});

test('what is good is not refused', () => {
  expect(() => tryEnvironment(startOf({}))).not.toThrow();
});

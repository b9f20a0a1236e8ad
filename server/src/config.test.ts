import { EnvError } from '@waxos/process/env';
import { expect, test } from 'vitest';
import { derivePublicUrl, gatewayEnv, readConfig } from './config.ts';

const least = {
  DATABASE_APP_URL: gatewayEnv.DATABASE_APP_URL.example,
  DATABASE_SYSTEM_URL: gatewayEnv.DATABASE_SYSTEM_URL.example,
  SECRET_KEY: 'A'.repeat(43),
  OBJECT_STORE_DIR: '/srv/objects',
};

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readConfig({ ...least, ...source });
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
};

test('with nothing but its secrets the gateway listens on loopback, with sign-up closed', () => {
  expect(readConfig(least).config).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, SIGN_UP: 'closed', PUBLIC_URL: new URL('http://localhost:3000') });
});

test('every example is accepted', () => {
  const examples = Object.fromEntries(Object.entries(gatewayEnv).map(([name, { example }]) => [name, example]));
  // One of the two places of media.
  for (const other of ['OBJECT_STORE_DIR', 'S3_BUCKET']) expect(problemsOf({ ...examples, SECRET_KEY: least.SECRET_KEY, [other]: '' })).toEqual([]);
});

test.each(['10.0.0.0/8,127.0.0.1', '10.0.0.0/8, ::1', 'fd00::/8', 'loopback, uniquelocal'])('TRUST_PROXY may be %s', (proxies) => {
  expect(problemsOf({ TRUST_PROXY: proxies })).toEqual([]);
});

test.each(['true', '1', 'proxy.example.com', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.0/', '127.0.0.1,', '10.0.0.0/8/8'])('TRUST_PROXY may not be %s', (proxies) => {
  expect(problemsOf({ TRUST_PROXY: proxies })).toEqual(['TRUST_PROXY must be addresses or networks, separated by commas. Example: TRUST_PROXY=10.0.0.0/8,127.0.0.1']);
});

test.each(['0', '0.0', '-1', 'much'])('RATE_LIMIT_SCALE may not be %s, which would refuse everybody or nobody', (scale) => {
  expect(problemsOf({ RATE_LIMIT_SCALE: scale })).toEqual(['RATE_LIMIT_SCALE must be a number above 0, such as 2. Example: RATE_LIMIT_SCALE=2']);
});

test.each(['https://inbox.example.com/waxos', 'https://inbox.example.com/?a=b', 'https://inbox.example.com/#a', 'https://ana:secret@inbox.example.com'])('PUBLIC_URL may not be %s', (url) => {
  expect(problemsOf({ PUBLIC_URL: url })).toEqual([expect.stringContaining('PUBLIC_URL must not have')]);
});

test.each([
  ['127.0.0.1', 'http://localhost:3000'],
  ['localhost', 'http://localhost:3000'],
  ['::1', 'http://localhost:3000'],
  ['192.168.1.20', 'http://192.168.1.20:3000'],
  ['fd00::20', 'http://[fd00::20]:3000'],
  ['Inbox.Lan', 'http://inbox.lan:3000'],
])('what listens on %s is reached at %s', (HOST, origin) => {
  const { url, isGuessed } = derivePublicUrl({ HOST, PORT: 3000 });
  expect({ origin: url.origin, isGuessed }).toEqual({ origin, isGuessed: false });
});

test.each(['0.0.0.0', '0', '::', '::0', '0:0:0:0:0:0:0:0', 'fe80::1%eth0'])('what listens on %s tells no address that others could use: localhost is a guess, unless PUBLIC_URL is set', (HOST) => {
  expect(readConfig({ ...least, HOST, PORT: '4000' }).config).toMatchObject({ PUBLIC_URL: new URL('http://localhost:4000'), isPublicUrlGuessed: true });
  expect(readConfig({ ...least, HOST, PUBLIC_URL: 'http://inbox.lan' }).config).toMatchObject({ PUBLIC_URL: new URL('http://inbox.lan'), isPublicUrlGuessed: false });
});

test('metrics and page cannot share a port', () => {
  expect(problemsOf({ PORT: '9464', METRICS_PORT: '9464' })).toEqual(['METRICS_PORT must not be the same as PORT. Example: METRICS_PORT=9464']);
});

test('production wants an address of its own and a key that is not the published one', () => {
  expect(problemsOf({ NODE_ENV: 'production', SECRET_KEY: gatewayEnv.SECRET_KEY.example })).toEqual([
    expect.stringContaining('PUBLIC_URL is missing in production'),
    expect.stringContaining('SECRET_KEY is still the published example'),
  ]);
});

test('media are kept in a folder or in a bucket, and in one of them', () => {
  const bucket = { OBJECT_STORE_DIR: '', S3_BUCKET: 'media', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };
  expect(readConfig(least).config.objectStore).toEqual({ kind: 'disk', dir: '/srv/objects' });
  expect(readConfig({ ...least, ...bucket }).config.objectStore).toEqual({ kind: 's3', bucket: 'media', region: 'us-east-1', endpoint: undefined, isPathStyle: false });
  expect(readConfig({ ...least, ...bucket, S3_ENDPOINT: 'http://127.0.0.1:9000' }).config.objectStore).toMatchObject({ endpoint: 'http://127.0.0.1:9000', isPathStyle: true });
  expect(problemsOf({ OBJECT_STORE_DIR: '' })).toEqual([expect.stringContaining('OBJECT_STORE_DIR is missing, and so is S3_BUCKET')]);
  expect(problemsOf({ S3_BUCKET: 'media' })).toEqual(['OBJECT_STORE_DIR is set', 'S3_ACCESS_KEY_ID is missing', 'S3_SECRET_ACCESS_KEY is missing'].map((begin) => expect.stringContaining(begin)));
});

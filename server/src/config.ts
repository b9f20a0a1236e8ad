import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { envProblem, EnvError, flagVariable, portVariable, readEnv, textVariable, urlVariable, type EnvSpec } from '@waxos/process/env';
import { z } from 'zod';

// As URLs write them, however HOST does.
const WILDCARDS = new Set(['0.0.0.0', '[::]']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** An address, a network as address/bits, or one of the names that Fastify knows. */
const isProxy = (text: string): boolean => {
  if (PROXY_NAMES.has(text)) return true;
  const [address = '', bits = '32', ...more] = text.split('/');
  const version = isIP(address);
  return version !== 0 && more.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
};

/** Every variable of the gateway. `.env.example` is generated from here. */
export const gatewayEnv = {
  NODE_ENV: {
    schema: z.enum(['development', 'production'], 'must be development or production').default('development'),
    about: 'production refuses everything that is only good for trying out, such as generated secrets.',
    example: 'production',
  },
  HOST: { schema: textVariable.default('127.0.0.1'), about: 'Address the gateway listens on. Loopback unless told otherwise.', example: '0.0.0.0' },
  PORT: { schema: portVariable.default(3000), about: 'Port of the page and the API.', example: '3000' },
  PUBLIC_URL: {
    schema: urlVariable('http:', 'https:').optional(),
    about: 'Where people reach Waxos, as it stands in the browser; used in mails and to tell our own pages from other sites. Behind https the session cookie becomes Secure. Made from HOST and PORT when absent.',
    example: 'https://inbox.example.com',
  },
  DATABASE_APP_URL: {
    schema: urlVariable('postgres:', 'postgresql:'),
    about: "PostgreSQL as the application's role (waxos_app), which row-level security binds. `npm start` sets it.",
    example: 'postgres://waxos_app:secret@127.0.0.1:5432/waxos',
    secret: true,
  },
  DATABASE_SYSTEM_URL: {
    schema: urlVariable('postgres:', 'postgresql:'),
    about: 'PostgreSQL as the system role (waxos_system), used only where a request has no workspace yet. `npm start` sets it.',
    example: 'postgres://waxos_system:secret@127.0.0.1:5432/waxos',
    secret: true,
  },
  DATABASE_POOL_SIZE: {
    schema: z.string().regex(/^[1-9]\d{0,2}$/, 'must be a number from 1 to 999').transform(Number).default(10),
    about: 'Connections of the application role; the system role gets a third of it.',
    example: '10',
  },
  REDIS_URL: {
    schema: urlVariable('redis:', 'rediss:').optional(),
    about: 'Redis for what several gateways must share, such as rate limits. Without it each gateway counts for itself.',
    example: 'redis://127.0.0.1:6379',
    secret: true,
  },
  SECRET_KEY: {
    schema: z
      .string('is missing')
      .regex(/^[A-Za-z0-9+/_-]{43,}={0,2}$/, 'must be at least 32 random bytes in base64 (openssl rand -base64 32)'),
    about: 'Seals and signs what must not be read or forged: TOTP secrets, links in mails, API keys. Keep it; without it those are lost.',
    example: 'VGhpcyBpcyBhbiBleGFtcGxlLCBtYWtlIHlvdXIgb3duIQ==',
    secret: true,
  },
  SIGN_UP: {
    schema: z.enum(['closed', 'open'], 'must be closed or open').default('closed'),
    about: 'Whether strangers may make accounts and workspaces once the first owner exists.',
    example: 'closed',
  },
  SMTP_URL: {
    schema: urlVariable('smtp:', 'smtps:').optional(),
    about: 'Mail server for invitations and password resets. Without it mails are printed in the log.',
    example: 'smtps://user:secret@mail.example.com:465',
    secret: true,
  },
  MAIL_FROM: { schema: textVariable.default('Waxos <waxos@localhost>'), about: 'Sender of those mails.', example: 'Waxos <inbox@example.com>' },
  OBJECT_STORE_DIR: { schema: textVariable.transform((path) => resolve(path)).optional(), about: 'Folder of media, where several gateways share one, or there is only one. `npm start` sets it. Needed unless S3_BUCKET is set.', example: '/var/lib/waxos/objects' },
  S3_BUCKET: { schema: textVariable.optional(), about: 'Bucket of media, in place of a folder. A rule of the bucket should delete what is older than a day below drafts/.', example: 'waxos-media' },
  S3_REGION: { schema: textVariable.default('us-east-1'), about: 'Region of the bucket.', example: 'eu-central-1' },
  S3_ENDPOINT: { schema: urlVariable('http:', 'https:').optional(), about: "Where the object store is. Amazon's own unless set.", example: 'https://s3.example.com' },
  S3_PATH_STYLE: { schema: flagVariable.optional(), about: 'Whether the bucket stands in the path rather than in the host name; true where S3_ENDPOINT is set, unless told otherwise.', example: 'true' },
  S3_ACCESS_KEY_ID: { schema: textVariable.optional(), about: 'Key of the object store.', example: 'waxos', secret: true },
  S3_SECRET_ACCESS_KEY: { schema: textVariable.optional(), about: 'Its secret.', example: 'a-long-random-text', secret: true },
  MEDIA_MB_MAX: { schema: z.string().regex(/^[1-9]\d{0,4}$/, 'must be a number of megabytes').transform(Number).default(100), about: 'The largest file that is stored.', example: '100' },
  LEASE_SECONDS: {
    schema: z.string().regex(/^([1-9]\d|1\d{2}|[1-5]\d{2}|600)$/, 'must be a number from 10 to 600').transform(Number).default(30),
    about: 'How long a session node may run a device without being heard of. A shorter time moves the devices of a dead node sooner, and of one that is only slow too.',
    example: '30',
  },
  TRUST_PROXY: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .refine((parts) => parts.every(isProxy), 'must be addresses or networks, separated by commas')
      .optional(),
    about: 'Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas.',
    example: '10.0.0.0/8,127.0.0.1',
  },
  METRICS_PORT: { schema: portVariable.optional(), about: 'Port of its own for /metrics. Without it there are no metrics.', example: '9464' },
  METRICS_HOST: { schema: textVariable.default('127.0.0.1'), about: 'Address of the metrics port.', example: '0.0.0.0' },
  RATE_LIMIT_SCALE: {
    schema: z
      .string()
      .regex(/^(?=.*[1-9])\d+(\.\d+)?$/, 'must be a number above 0, such as 2')
      .transform(Number)
      .default(1),
    about: 'Multiplies every rate limit, for offices where hundreds of people share one address.',
    example: '2',
  },
  SANDBOX_URL: { schema: urlVariable('https:').optional(), about: 'Where the pretend WhatsApp runs, whose phones members hold at /sandbox. `npm start` sets it; without it there are none.', example: 'https://127.0.0.1:3443' },
  SANDBOX_CONTROL_TOKEN: { schema: z.string().min(16, 'must have at least 16 characters').optional(), about: "The sandbox's own, to hold its phones. `npm start` makes one up.", example: 'a-long-random-text', secret: true },
  SANDBOX_CERTIFICATE: {
    schema: z.string().startsWith('-----BEGIN CERTIFICATE-----', 'must be a certificate in PEM').optional(),
    about: "The sandbox's certificate, in PEM; no other is trusted. `npm start` sets it.",
    example: '-----BEGIN CERTIFICATE-----…',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level such as info').default('info'),
    about: 'How much the log says.',
    example: 'info',
  },
  WEB_DIR: { schema: textVariable.optional(), about: 'Folder of the built page; web/dist unless set.', example: '/srv/waxos/web' },
  SERVE_WEB: { schema: flagVariable.default(true), about: 'false where another server delivers the page.', example: 'true' },
} as const satisfies EnvSpec;

const read = (source: Record<string, string | undefined>) => readEnv(gatewayEnv, source);
type Read = ReturnType<typeof read>;
type StoreVariable = 'OBJECT_STORE_DIR' | 'S3_BUCKET' | 'S3_REGION' | 'S3_ENDPOINT' | 'S3_PATH_STYLE';
export type ObjectStoreConfig = { kind: 'disk'; dir: string } | { kind: 's3'; bucket: string; region: string; endpoint: string | undefined; isPathStyle: boolean };
/** `isPublicUrlGuessed` where HOST names no address that people could use, and nothing else tells one. */
export type Config = Omit<Read['settings'], 'PUBLIC_URL' | StoreVariable> & { PUBLIC_URL: URL; isPublicUrlGuessed: boolean; objectStore: ObjectStoreConfig };
export type Secrets = Read['secrets'];

export const readConfig = (source: Record<string, string | undefined> = process.env): { config: Config; secrets: Secrets } => {
  const { settings, secrets } = read(source);
  const { url, isGuessed } = derivePublicUrl(settings);
  const wrong = [...contradictions(url, settings, secrets), ...storeContradictions(settings, secrets)];
  if (wrong.length > 0) throw new EnvError(wrong);
  const { OBJECT_STORE_DIR: _dir, S3_BUCKET: _bucket, S3_REGION: _region, S3_ENDPOINT: _endpoint, S3_PATH_STYLE: _style, ...rest } = settings;
  return { config: { ...rest, PUBLIC_URL: url, isPublicUrlGuessed: isGuessed, objectStore: storeOf(settings) }, secrets };
};

const storeOf = ({ OBJECT_STORE_DIR: dir, S3_BUCKET: bucket, S3_REGION: region, S3_ENDPOINT: endpoint, S3_PATH_STYLE: isPathStyle }: Read['settings']): ObjectStoreConfig =>
  bucket === undefined ? { kind: 'disk', dir: dir ?? '' } : { kind: 's3', bucket, region, endpoint, isPathStyle: isPathStyle ?? endpoint !== undefined };

const storeContradictions = ({ OBJECT_STORE_DIR: dir, S3_BUCKET: bucket }: Read['settings'], { S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret }: Read['secrets']): string[] => {
  const problem = (name: keyof typeof gatewayEnv, wrong: string): string => envProblem(gatewayEnv, name, wrong);
  if (bucket === undefined) return dir === undefined ? [problem('OBJECT_STORE_DIR', 'is missing, and so is S3_BUCKET')] : [];
  return [
    ...(dir === undefined ? [] : [problem('OBJECT_STORE_DIR', 'is set, and S3_BUCKET too: media are kept in one place')]),
    ...(id === undefined ? [problem('S3_ACCESS_KEY_ID', 'is missing, and S3_BUCKET is set')] : []),
    ...(secret === undefined ? [problem('S3_SECRET_ACCESS_KEY', 'is missing, and S3_BUCKET is set')] : []),
  ];
};

interface Reach {
  HOST: string;
  PORT: number;
  PUBLIC_URL?: string | undefined;
}

/** Where people reach what listens there, unless PUBLIC_URL says it: its address; localhost for loopback, and for want of a better one. */
export const derivePublicUrl = ({ HOST, PORT, PUBLIC_URL }: Reach): { url: URL; isGuessed: boolean } => {
  if (PUBLIC_URL !== undefined) return { url: new URL(PUBLIC_URL), isGuessed: false };
  const written = `http://${isIP(HOST) === 6 ? `[${HOST}]` : HOST}:${PORT}`;
  const local = new URL(`http://localhost:${PORT}`);
  // An address of a link alone (fe80::1%eth0) stands in no URL.
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || url.href !== `${url.origin}/` || WILDCARDS.has(url.hostname)) return { url: local, isGuessed: true };
  return { url: LOOPBACK.has(url.hostname) ? local : url, isGuessed: false };
};

const contradictions = (publicUrl: URL, settings: Read['settings'], secrets: Read['secrets']): string[] => {
  const wrong: string[] = [];
  if (publicUrl.href !== `${publicUrl.origin}/`) wrong.push(envProblem(gatewayEnv, 'PUBLIC_URL', 'must not have a login, a path or anything behind it'));
  if (settings.METRICS_PORT === settings.PORT && settings.PORT !== 0) wrong.push(envProblem(gatewayEnv, 'METRICS_PORT', 'must not be the same as PORT'));
  if (settings.SANDBOX_URL !== undefined) {
    if (secrets.SANDBOX_CONTROL_TOKEN === undefined) wrong.push(envProblem(gatewayEnv, 'SANDBOX_CONTROL_TOKEN', 'is missing, and SANDBOX_URL is set'));
    if (settings.SANDBOX_CERTIFICATE === undefined) wrong.push(envProblem(gatewayEnv, 'SANDBOX_CERTIFICATE', 'is missing, and SANDBOX_URL is set'));
  }
  if (settings.NODE_ENV === 'production') {
    if (settings.PUBLIC_URL === undefined) wrong.push(envProblem(gatewayEnv, 'PUBLIC_URL', 'is missing in production'));
    if (secrets.SECRET_KEY === gatewayEnv.SECRET_KEY.example) wrong.push(envProblem(gatewayEnv, 'SECRET_KEY', 'is still the published example'));
  }
  return wrong;
};

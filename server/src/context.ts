import { resolve } from 'node:path';
import { systemClock, type Clock } from '@waxos/process/clock';
import type { Lifecycle } from '@waxos/process/lifecycle';
import type { Log } from '@waxos/process/log';
import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { openLogMailer } from './adapters/log-mailer.ts';
import { openObjectStore } from './adapters/open-object-store.ts';
import { openSmtpMailer } from './adapters/smtp-mailer.ts';
import type { Config, Secrets } from './config.ts';
import { checkDatabase } from './db/check-database.ts';
import { findSchemaFault, readKnownSchema } from './db/compare-schema.ts';
import { holdSecretKey } from './db/hold-secret-key.ts';
import { openDoors } from './db/tenant.ts';
import { DatabaseRefusal } from './db/try-login.ts';
import { openFarm } from './farm/open-farm.ts';
import { buildApp } from './http/build-app.ts';
import { openSandboxLine, type SandboxReach } from './http/ask-sandbox.ts';
import { addHealth, isProbe, type Check } from './http/health.ts';
import { listenForMetrics, measureRequests, openMetrics } from './http/metrics.ts';
import { addNodeMedia, isNodeMedia } from './http/node-media.ts';
import { addNoPage, addPage } from './http/page.ts';
import { refuseOtherOrigins } from './http/same-origin.ts';
import { addSandboxDoor } from './http/sandbox-door.ts';
import { addSecurityHeaders } from './http/security-headers.ts';
import { addTrpc } from './http/trpc-edge.ts';
import { blockOf } from './limits/address-block.ts';
import { openLimits } from './limits/open-limits.ts';
import { openKeyring } from './secrets/keyring.ts';
import { openPasswords } from './secrets/passwords.ts';
import type { Services } from './services.ts';
import { startWorker } from './worker.ts';

interface ContextOptions {
  config: Config;
  secrets: Secrets;
  log: Log;
  lifecycle: Pick<Lifecycle, 'opened' | 'isDraining'>;
  version: string;
  clock?: Clock;
}

/** The composition root: opens every part, hands each what it needs, and registers how it is closed. Nothing listens yet. */
export const openContext = async (options: ContextOptions): Promise<{ app: FastifyInstance; services: Services }> => {
  const { config, secrets, log, lifecycle, version, clock = systemClock } = options;
  const secure = config.PUBLIC_URL.protocol === 'https:';

  const urls = { appUrl: secrets.DATABASE_APP_URL, systemUrl: secrets.DATABASE_SYSTEM_URL };
  await checkDatabase(urls);
  const doors = openDoors({ ...urls, poolSize: config.DATABASE_POOL_SIZE, clock });
  lifecycle.opened({ name: 'database', close: doors.close });
  const known = await readKnownSchema(resolve(import.meta.dirname, '../../migrations'));
  const findFault = () => doors.withSystem('health', (tx) => findSchemaFault(tx, known));
  const fault = await findFault();
  if (fault !== undefined) throw new DatabaseRefusal(fault);
  const keyring = openKeyring(secrets.SECRET_KEY);
  await doors.withSystem('installation', (tx) => holdSecretKey(tx, keyring));
  const redis = openRedis(options);
  const mailer =
    secrets.SMTP_URL === undefined
      ? openLogMailer(log)
      : openSmtpMailer({ url: secrets.SMTP_URL, from: config.MAIL_FROM, domain: config.PUBLIC_URL.hostname });
  lifecycle.opened({ name: 'mailer', close: mailer.close });

  const store = await openObjectStore(config.objectStore, secrets);
  lifecycle.opened({ name: 'object store', close: store.close });

  const app = await buildApp({ log, trustProxy: config.TRUST_PROXY });
  const metrics = openMetrics();
  measureRequests(app, metrics);
  await addSecurityHeaders(app, { secure });
  const limits = openLimits({ redis, scale: config.RATE_LIMIT_SCALE });
  app.addHook('onRequest', async (request) => (isProbe(request) || isNodeMedia(request) ? undefined : limits.spend('address', blockOf(request.ip))));
  app.addHook('onRequest', refuseOtherOrigins({ publicUrl: config.PUBLIC_URL, log, clock }));

  const sandbox = findSandbox(options);
  const services: Services = { doors, keyring, passwords: await openPasswords(), clock, limits, signUpOpen: config.SIGN_UP === 'open', sandboxOpen: sandbox !== undefined, version };
  await addTrpc(app, services, { secure });
  if (sandbox !== undefined) await addSandboxDoor(app, { services, secure, line: openSandboxLine(sandbox) });
  await addNodeMedia(app, { doors, store, limits, bytesMax: config.MEDIA_MB_MAX * 1_000_000 });
  const checks: Check[] = [{ name: 'database', look: async () => ((await findFault()) === undefined ? undefined : 'migrations') }];
  checks.push({ name: 'object store', look: () => store.check().then(() => undefined) });
  if (redis !== undefined) checks.push({ name: 'redis', look: async () => void (await redis.ping()) });
  addHealth(app, { checks, isDraining: lifecycle.isDraining, clock });
  if (config.SERVE_WEB) await addPage(app, resolve(config.WEB_DIR ?? resolve(import.meta.dirname, '../../web/dist')));
  else addNoPage(app);

  const worker = startWorker({ doors, mailer, keyring, publicUrl: config.PUBLIC_URL, clock, log });
  lifecycle.opened({ name: 'worker', close: worker.close });
  lifecycle.opened({ name: 'http', close: () => app.close() });
  const farm = await openFarm({ http: app.server, doors, log, registry: metrics, leaseMs: config.LEASE_SECONDS * 1_000 });
  lifecycle.opened({ name: 'farm', close: farm.close });
  if (config.METRICS_PORT !== undefined) {
    const server = await listenForMetrics(metrics, { host: config.METRICS_HOST, port: config.METRICS_PORT });
    lifecycle.opened({ name: 'metrics', close: () => void server.close() });
  }
  return { app, services };
};

/** Its parts come together or not at all: config.ts refuses a half of them. */
const findSandbox = ({ config, secrets }: ContextOptions): SandboxReach | undefined => {
  const { SANDBOX_URL: url, SANDBOX_CERTIFICATE: certificate } = config;
  const { SANDBOX_CONTROL_TOKEN: token } = secrets;
  return url === undefined || certificate === undefined || token === undefined ? undefined : { url, certificate, token };
};

const openRedis = ({ secrets, log, lifecycle }: ContextOptions): Redis | undefined => {
  if (secrets.REDIS_URL === undefined) return undefined;
  const redis = new Redis(secrets.REDIS_URL, { maxRetriesPerRequest: 1, connectTimeout: 5_000, enableOfflineQueue: false });
  redis.on('error', (error) => log.warn({ err: error }, 'redis'));
  lifecycle.opened({ name: 'redis', close: () => redis.disconnect() });
  return redis;
};

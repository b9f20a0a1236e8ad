import { AppError } from '@waxos/contract/app-error';
import type { Clock } from '@waxos/process/clock';
import type { Log } from '@waxos/process/log';
import type { FastifyRequest } from 'fastify';
import { readSignInCookie } from './sign-in-cookie.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const TELL_AGAIN_MS = 60_000;
const ORIGIN_LENGTH_MAX = 200;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The origins our own pages can have: PUBLIC_URL, and where that is loopback, its other names too. */
const ownOrigins = (publicUrl: URL): Set<string> => {
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}`;
  const names = LOOPBACK.includes(publicUrl.hostname) ? LOOPBACK : [publicUrl.hostname];
  return new Set(names.map((name) => `${publicUrl.protocol}//${name}${port}`));
};

interface OriginOptions {
  publicUrl: URL;
  log: Pick<Log, 'warn'>;
  clock: Clock;
}

/**
 * Whatever changes something must come from our own page. Browsers name the origin of every such request; one that
 * carries our cookie without naming it is no browser of ours either. Programs with an API key send neither.
 */
export const refuseOtherOrigins = ({ publicUrl, log, clock }: OriginOptions): ((request: FastifyRequest) => Promise<void>) => {
  const own = ownOrigins(publicUrl);
  const secure = publicUrl.protocol === 'https:';
  let toldAt: number | undefined;
  return async (request) => {
    if (READS.has(request.method)) return;
    const { origin } = request.headers;
    const trusted = origin === undefined ? readSignInCookie(request, secure) === undefined : own.has(origin);
    if (trusted) return;
    const now = clock.now().getTime();
    // More often than not it is our own page under a name that nobody told us. Strangers must not fill the log with it.
    if (toldAt === undefined || now - toldAt >= TELL_AGAIN_MS) {
      toldAt = now;
      log.warn(`refused a change from ${nameOrigin(origin)}: PUBLIC_URL is ${publicUrl.origin}, and must be what stands in people's browsers`);
    }
    throw new AppError('CROSS_SITE');
  };
};

/** As a URL writes it: a log is read on terminals, and what strangers send may hold anything. */
const nameOrigin = (origin: string | undefined): string => {
  if (origin === undefined) return 'no origin';
  return URL.canParse(origin) ? new URL(origin).origin.slice(0, ORIGIN_LENGTH_MAX) : 'an origin that is no URL';
};

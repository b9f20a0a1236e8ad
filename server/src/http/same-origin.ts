import { AppError } from '@waxos/contract/app-error';
import type { FastifyRequest } from 'fastify';
import { readSessionCookie } from './session-cookie.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The origins our own pages can have: PUBLIC_URL, and where that is loopback, its other names too. */
const ownOrigins = (publicUrl: URL): Set<string> => {
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}`;
  const names = LOOPBACK.includes(publicUrl.hostname) ? LOOPBACK : [publicUrl.hostname];
  return new Set(names.map((name) => `${publicUrl.protocol}//${name}${port}`));
};

/**
 * Whatever changes something must come from our own page. Browsers name the origin of every such request; one that
 * carries our cookie without naming it is no browser of ours either. Programs with an API key send neither.
 */
export const refuseOtherOrigins = (publicUrl: URL): ((request: FastifyRequest) => Promise<void>) => {
  const own = ownOrigins(publicUrl);
  const secure = publicUrl.protocol === 'https:';
  return async (request) => {
    if (READS.has(request.method)) return;
    const { origin } = request.headers;
    const trusted = origin === undefined ? readSessionCookie(request, secure) === undefined : own.has(origin);
    if (!trusted) throw new AppError('CROSS_SITE');
  };
};

import rateLimit from '@fastify/rate-limit';
import { AppError } from '@waxos/contract/app-error';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { limitTable, type LimitTier, type Limits } from '../limits.ts';

interface RateLimitOptions {
  /** Shared by all gateways; without it each counts in its own memory. */
  redis: Redis | undefined;
  /** Raises or lowers all limits. */
  scale: number;
}

const KEYS_IN_MEMORY = 50_000;
// The plugin takes its key from a request; ours comes from the procedure, so it travels on an empty one.
const KEY = Symbol('limit key');
type Keyed = FastifyRequest & { [KEY]?: string };

/** The tiers of limits.ts on @fastify/rate-limit's stores. Counting goes on when Redis is away: letting people in beats keeping all out. */
export const openLimits = async (app: FastifyInstance, { redis, scale }: RateLimitOptions): Promise<Limits> => {
  await app.register(rateLimit, { global: false, cache: KEYS_IN_MEMORY, skipOnError: true, nameSpace: 'waxos:limit:', ...(redis === undefined ? {} : { redis }) });
  const tiers = new Map<LimitTier, ReturnType<FastifyInstance['createRateLimit']>>();
  for (const [tier, { max, windowMs }] of Object.entries(limitTable)) {
    const check = app.createRateLimit({ max: Math.ceil(max * scale), timeWindow: windowMs, keyGenerator: (request: Keyed) => `${tier}:${request[KEY] ?? ''}` });
    tiers.set(tier as LimitTier, check);
  }
  return {
    spend: async (tier, key) => {
      const keyed = { [KEY]: key } as unknown as Keyed;
      const answer = await tiers.get(tier)?.(keyed);
      if (answer?.isAllowed === false && answer.isExceeded) throw new AppError('TOO_MANY_REQUESTS', { retryAfterMs: answer.ttl });
    },
  };
};

import { AppError } from '@waxos/contract/app-error';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { limitTable, type LimitTier, type Limits } from './limits.ts';

interface LimitOptions {
  /** Shared by all gateways; without it each counts in its own memory. */
  redis: Redis | undefined;
  /** Raises or lowers all limits. */
  scale: number;
}

/** Where Redis is away, each gateway goes on counting for itself: neither open nor shut. */
export const openLimits = ({ redis, scale }: LimitOptions): Limits => {
  const openTier = (tier: LimitTier): RateLimiterAbstract => {
    const { max, windowMs } = limitTable[tier];
    const rule = { keyPrefix: `waxos:limit:${tier}`, points: Math.ceil(max * scale), duration: windowMs / 1000 };
    const memory = new RateLimiterMemory(rule);
    return redis === undefined ? memory : new RateLimiterRedis({ ...rule, storeClient: redis, insuranceLimiter: memory });
  };
  const tiers = Object.fromEntries(Object.keys(limitTable).map((tier) => [tier, openTier(tier as LimitTier)])) as Record<LimitTier, RateLimiterAbstract>;
  return {
    spend: async (tier, key) => {
      try {
        await tiers[tier].consume(key);
      } catch (error) {
        if (error instanceof RateLimiterRes) throw new AppError('TOO_MANY_REQUESTS', { retryAfterMs: error.msBeforeNext });
        throw error;
      }
    },
  };
};

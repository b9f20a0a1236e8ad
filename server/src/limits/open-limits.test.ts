import { randomUUID } from 'node:crypto';
import { noRedis, openTestRedis } from '@waxos/standalone/testing/redis';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { limitTable, type Limits, type LimitTier } from './limits.ts';
import { openLimits } from './open-limits.ts';

const tiers = Object.keys(limitTable) as LimitTier[];

const server = await openTestRedis();
const redis = server === undefined ? undefined : new Redis(server.url);

afterAll(async () => {
  await redis?.quit();
  await server?.stop();
});

const spendTimes = async (limits: Limits, { tier, key, times }: { tier: LimitTier; key: string; times: number }): Promise<void> => {
  for (let spent = 0; spent < times; spent += 1) await limits.spend(tier, key);
};

const refusalOf = (limits: Limits, tier: LimitTier, key: string): Promise<unknown> => limits.spend(tier, key).then(() => undefined, (error: unknown) => error);

describe.each(['memory', 'Redis'])('counted in %s', (place) => {
  const missing = place === 'Redis' && redis === undefined;
  const open = (scale = 1): Limits => openLimits({ redis: place === 'Redis' ? redis : undefined, scale });

  test.for(tiers)('the tier %s lets its number through, then refuses and says how long to wait', async (tier, { skip }) => {
    if (missing) skip(noRedis);
    const { max, windowMs } = limitTable[tier];
    const [limits, key] = [open(), randomUUID()];
    await spendTimes(limits, { tier, key, times: max });
    const refused = await refusalOf(limits, tier, key);
    expect(refused).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const { retryAfterMs = 0 } = refused as { retryAfterMs?: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(windowMs);
  });

  test('each key and each tier counts for itself', async ({ skip }) => {
    if (missing) skip(noRedis);
    const [limits, key] = [open(), randomUUID()];
    await spendTimes(limits, { tier: 'signIn', key, times: limitTable.signIn.max });
    expect(await refusalOf(limits, 'signIn', key)).toBeDefined();
    expect(await refusalOf(limits, 'signIn', `${key} other`)).toBeUndefined();
    expect(await refusalOf(limits, 'code', key)).toBeUndefined();
  });

  test('of many at the same time, exactly the number gets through', async ({ skip }) => {
    if (missing) skip(noRedis);
    const [limits, key] = [open(), randomUUID()];
    const refusals = await Promise.all(Array.from({ length: 3 * limitTable.code.max }, () => refusalOf(limits, 'code', key)));
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(limitTable.code.max);
  });

  test('a scale multiplies the number and never makes it none', async ({ skip }) => {
    if (missing) skip(noRedis);
    const key = randomUUID();
    await spendTimes(open(2), { tier: 'code', key, times: 2 * limitTable.code.max });
    const tiny = open(0.001);
    expect(await refusalOf(tiny, 'mail', key)).toBeUndefined();
    expect(await refusalOf(tiny, 'mail', key)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  test('gateways on one Redis count together, without one each for itself', async ({ skip }) => {
    if (missing) skip(noRedis);
    const [one, other, key] = [open(), open(), randomUUID()];
    await spendTimes(one, { tier: 'code', key, times: limitTable.code.max });
    expect((await refusalOf(other, 'code', key)) === undefined).toBe(place === 'memory');
  });
});

test('where Redis is away, the gateway goes on counting: neither open nor shut', async () => {
  const away = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 1, enableOfflineQueue: false, retryStrategy: () => null });
  const errors: unknown[] = [];
  away.on('error', (error) => errors.push(error));
  const [limits, key] = [openLimits({ redis: away, scale: 1 }), randomUUID()];
  await spendTimes(limits, { tier: 'code', key, times: limitTable.code.max });
  expect(await refusalOf(limits, 'code', key)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  away.disconnect();
});

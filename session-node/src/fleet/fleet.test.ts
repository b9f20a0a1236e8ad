import { describe, expect, test } from 'vitest';
import { admit, typicalBytes, type Load } from './admit.ts';
import { orderStarts, type Wanted } from './order-starts.ts';
import { pickRecycled, type Measured } from './pick-recycled.ts';
import { planEconomy, sleepMs, type Economical } from './plan-economy.ts';

const mb = 1_024 * 1_024;
const minute = 60_000;
const idle: Load = { budgetBytes: 4_000 * mb, usedBytes: 0, starting: 0, loading: 0, processors: 2, cpuShare: 0.1, loopDelayMs: 5 };

/** The same numbers each time. */
const dice = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
};

describe('admission', () => {
  test('a node that is filled as it is measured never passes its budget, and leaves little of it unused', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = dice(seed);
      const sessions: { bytes: number; settled: number; opening: boolean }[] = [];
      for (let step = 0; step < 400; step += 1) {
        const used = sessions.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(used).toBeLessThan(idle.budgetBytes);
        const starting = sessions.filter(({ opening }) => opening).length;
        const count = admit({ ...idle, usedBytes: used, starting }, sessions.filter(({ opening }) => !opening).map(({ bytes }) => bytes));
        for (let i = 0; i < count; i += 1) sessions.push({ bytes: 0, settled: (60 + 60 * random()) * mb, opening: true });
        for (const one of sessions) {
          if (!one.opening) continue;
          // It grows past what it settles at, and comes back from there.
          one.opening = random() < 0.8;
          one.bytes = one.opening ? one.settled * 1.3 : one.settled;
        }
      }
      expect(sessions.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(idle.budgetBytes * 0.8);
    }
  });

  test('a node that cannot keep up opens one after another, and none without memory', () => {
    expect(admit(idle, [])).toBeGreaterThan(1);
    expect(admit({ ...idle, loopDelayMs: 500 }, [])).toBe(1);
    expect(admit({ ...idle, loopDelayMs: 500, loading: 1 }, [])).toBe(0);
    expect(admit({ ...idle, usedBytes: 5_000 * mb }, [])).toBe(0);
  });

  test('while the processors are busy few load at once, however much memory there is; while they idle, more', () => {
    const roomy = { ...idle, budgetBytes: 1e12 };
    expect(admit({ ...roomy, cpuShare: 1 }, [])).toBe(4);
    expect(admit({ ...roomy, cpuShare: 1, loading: 4 }, [])).toBe(0);
    expect(admit({ ...roomy, cpuShare: 0.5, loading: 4 }, [])).toBe(2);
    expect(admit({ ...roomy, cpuShare: 0.5, loading: 8 }, [])).toBe(0);
    expect(admit({ ...roomy, processors: 16, cpuShare: 0.5, loading: 8 }, [])).toBe(24);
  });

  test('those that only wait for their history take memory, and no turn', () => {
    expect(admit({ ...idle, cpuShare: 1, starting: 10, loading: 0 }, [])).toBe(4);
    expect(admit({ ...idle, cpuShare: 1, starting: 23, loading: 0 }, [])).toBe(0);
  });

  test('one session that outgrew all does not keep the others out', () => {
    expect(typicalBytes([80 * mb, 80 * mb, 80 * mb, 80 * mb, 2_000 * mb])).toBe(80 * mb);
  });
});

describe('the order of starts', () => {
  const wanted = (device: string, more: Partial<Wanted> = {}): Wanted => ({ device, linking: false, activeAt: 0, failures: 0, askedAt: 0, ...more });

  test('a QR that somebody waits for first, then the active, and what fails again and again last', () => {
    const order = orderStarts([wanted('silent'), wanted('failing', { activeAt: 99, failures: 5 }), wanted('active', { activeAt: 50 }), wanted('more active', { activeAt: 60 }), wanted('linking', { linking: true })]);
    expect(order.map(({ device }) => device)).toEqual(['linking', 'more active', 'active', 'silent', 'failing']);
  });

  test('of a hundred that start four at a time, the active are ready before the silent', () => {
    const random = dice(3);
    let waiting = Array.from({ length: 100 }, (_, i) => wanted(`d${i}`, { activeAt: Math.floor(random() * 1_000) }));
    const begun: number[] = [];
    while (waiting.length > 0) {
      const next = orderStarts(waiting).slice(0, admit(idle, []));
      begun.push(...next.map(({ activeAt }) => activeAt));
      waiting = waiting.filter((one) => !next.includes(one));
    }
    expect(begun).toEqual(begun.toSorted((a, b) => b - a));
  });
});

describe('recycling', () => {
  const node = { now: 100 * minute, budgetBytes: 4_000 * mb, usedBytes: 2_000 * mb, typicalBytes: 80 * mb };
  const session = (device: string, more: Partial<Measured> = {}): Measured => ({ device, bytes: 80 * mb, quiet: true, readyAt: 0, ...more });

  test('only what outgrew its budget goes, and only at a quiet moment, the largest first', () => {
    const sessions = [session('usual'), session('large', { bytes: 200 * mb }), session('busy', { bytes: 400 * mb, quiet: false }), session('larger', { bytes: 300 * mb }), session('young', { bytes: 300 * mb, readyAt: 90 * minute })];
    expect(pickRecycled(sessions, node)).toEqual(['larger', 'large']);
  });

  test('a pressed node recycles the largest even where none outgrew its own', () => {
    const sessions = [session('a', { bytes: 100 * mb }), session('b', { bytes: 120 * mb })];
    expect(pickRecycled(sessions, node)).toEqual([]);
    expect(pickRecycled(sessions, { ...node, usedBytes: 3_900 * mb })).toEqual(['b', 'a']);
  });

  test('sessions that grow for ever stay within what they may take, each of them down for moments only', () => {
    const random = dice(5);
    const sessions = Array.from({ length: 20 }, (_, i) => ({ device: `d${i}`, bytes: 80 * mb, readyAt: 0, restarts: 0 }));
    for (let now = 0; now < 24 * 60 * minute; now += minute) {
      for (const one of sessions) one.bytes += random() * mb;
      const picked = pickRecycled(sessions.map((one) => ({ ...one, quiet: random() < 0.5 })), { ...node, now, usedBytes: sessions.reduce((sum, { bytes }) => sum + bytes, 0) });
      expect(picked.length).toBeLessThanOrEqual(2);
      for (const one of sessions) if (picked.includes(one.device)) Object.assign(one, { bytes: 80 * mb, readyAt: now, restarts: one.restarts + 1 });
      expect(Math.max(...sessions.map(({ bytes }) => bytes))).toBeLessThan(200 * mb);
    }
    expect(Math.max(...sessions.map(({ restarts }) => restarts))).toBeLessThan(24);
  });
});

describe('economy', () => {
  const asleep: Economical = { asleep: true, since: 0, quiet: true, pressing: false, activeAt: -60 * minute };

  test('a message to be sent wakes it at once, and it does not sleep while somebody talks', () => {
    expect(planEconomy({ ...asleep, pressing: true }, { now: 1, random: () => 0.5 })).toBe('wake');
    const awake = { ...asleep, asleep: false };
    expect(planEconomy({ ...awake, activeAt: 9 * minute }, { now: 10 * minute, random: () => 0.5 })).toBeUndefined();
    expect(planEconomy({ ...awake, quiet: false }, { now: 10 * minute, random: () => 0.5 })).toBeUndefined();
    expect(planEconomy(awake, { now: 10 * minute, random: () => 0.5 })).toBe('sleep');
  });

  test('a silent number is looked at more seldom, and never less than every quarter of an hour', () => {
    expect(sleepMs(0)).toBe(3 * minute);
    expect(sleepMs(60 * minute)).toBeGreaterThan(sleepMs(30 * minute));
    expect(sleepMs(1e12)).toBe(15 * minute);
  });

  test('over a day of silence it is awake a fifth of the time at most, and no message waits longer than 17 minutes', () => {
    const random = dice(9);
    const session: Economical = { asleep: false, since: 0, quiet: true, pressing: false, activeAt: 0 };
    let awake = 0;
    let longest = 0;
    const chances = random();
    for (let now = 0; now < 24 * 60 * minute; now += minute / 4) {
      const next = planEconomy(session, { now: now, random: () => chances });
      if (next !== undefined) {
        if (next === 'wake') longest = Math.max(longest, now - session.since);
        Object.assign(session, { asleep: next === 'sleep', since: now });
      }
      awake += session.asleep ? 0 : minute / 4;
    }
    expect(awake / (24 * 60 * minute)).toBeLessThan(0.2);
    expect(longest).toBeLessThan(17 * minute);
  });
});

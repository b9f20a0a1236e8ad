import { DEVICE_STATES } from '@waxos/contract/devices';
import { describe, expect, test } from 'vitest';
import { deadlineOf } from './deadlines.ts';
import { firstSituation, type Input, type PageNews } from './situation.ts';
import { openPretendLife, type PretendLife } from './testing/pretend-browser.ts';
import { seeded } from './testing/random.ts';
import { transition } from './transitions.ts';

const ready: PageNews = { type: 'ready', me: { phone: '491700000001' }, pushName: 'Shop', platform: 'android', build: '2.3000.1' };
const qr: PageNews = { type: 'qr', qr: '1,2,3', expiresAt: 1 };
const news: PageNews[] = [
  qr,
  { type: 'idle' },
  { type: 'code', code: 'ABCD1234', expiresAt: 1 },
  { type: 'passkey' },
  { type: 'authenticating' },
  { type: 'syncing', progress: 10 },
  { type: 'syncing', progress: 90 },
  ready,
  ready,
  { type: 'connection', up: false },
  { type: 'connection', up: true },
  { type: 'ended', how: 'logged_out' },
  { type: 'ended', how: 'unpaired' },
  { type: 'ended', how: 'conflict' },
  { type: 'ended', how: 'banned' },
  { type: 'ended', how: 'outdated' },
  { type: 'dead', what: 'page' },
  { type: 'dead', what: 'browser' },
  { type: 'broken', build: '2.3000.1', missing: ['WAWebCmd.Cmd'] },
];
const others: Input[] = [
  { is: 'start' },
  { is: 'start', pairWith: '491700000001' },
  { is: 'stop', reason: 'asked' },
  { is: 'stop', reason: 'lease_lost' },
  { is: 'log_out' },
  { is: 'refresh_qr' },
  { is: 'sleep' },
  { is: 'wake' },
  { is: 'restart', reason: 'memory' },
  { is: 'rebuild' },
  { is: 'outbox_full' },
  { is: 'outbox_drained' },
  { is: 'page_failed' },
  { is: 'deadline' },
  { is: 'back_off_over' },
  { is: 'ailing', reason: 'no_tick' },
  { is: 'ailing', reason: 'deaf' },
  { is: 'well' },
];
const withoutBrowser = new Set(['stopped', 'logged_out', 'conflict', 'banned', 'failed']);
const rest = new Set(['none', ...withoutBrowser]);
const waitsWithout = new Set(['asleep', 'outbox_full']);

const pick = <T>(from: readonly T[], random: () => number): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** What the world may say of a browser now. */
const browserNews = (life: PretendLife, random: () => number): Input | undefined => {
  if (life.real === 'none') return undefined;
  if (life.closing || life.real === 'open') return { is: 'browser_gone' };
  return random() < 0.7 ? { is: 'browser_opened', restorable: random() < 0.5 } : { is: 'browser_refused', why: pick(['browser_failed', 'memory', 'profile_locked', 'profile_lost'] as const, random) };
};

const draw = (life: PretendLife, random: () => number): Input => {
  const chance = random();
  if (chance < 0.45) return { is: 'told', news: pick(news, random) };
  if (chance < 0.75) return browserNews(life, random) ?? { is: 'start' };
  return pick(others, random);
};

/** The first thing that is wrong with it, if any. */
const findWrong = (life: PretendLife): string | undefined => {
  const { situation: s } = life;
  if (!DEVICE_STATES.includes(s.state)) return `no such state: ${s.state}`;
  if (withoutBrowser.has(s.state) && (s.browser !== 'none' || life.real !== 'none')) return `${s.state} with a browser`;
  const seen = s.browser === 'closing' ? life.closing : s.browser === life.real && !life.closing;
  if (!seen) return `believes ${s.browser}, is ${life.real}`;
  if (['ready', 'degraded', 'qr', 'pairing', 'passkey_required', 'authenticating', 'syncing'].includes(s.state) && s.browser === 'none') return `${s.state} without a browser`;
  if (s.browser === 'none' && s.ending !== undefined) return 'ends what is not there';
  if (waitsWithout.has(s.reason ?? '') && s.browser !== 'none' && !life.closing) return `${s.reason} with a browser`;
  if (deadlineOf(s) === undefined && !rest.has(s.state) && s.browser !== 'none' && s.reason !== 'contract_broken') return `${s.state} may last for ever`;
  return undefined;
};

const play = (seed: number, reached: Set<string>): void => {
  const random = seeded(seed);
  const life = openPretendLife();
  const told: string[] = [];
  const take = (input: Input): void => {
    told.push(JSON.stringify(input));
    const before = life.situation.state;
    const { effects } = life.take(input);
    const wrong = findWrong(life);
    if (wrong !== undefined) throw new Error(`seed ${seed}: ${wrong} after ${told.join(' ')}`);
    const last = effects.findLast((effect) => effect.do === 'tell' && effect.event.type === 'session.changed');
    if (before !== life.situation.state && (last?.do !== 'tell' || last.event.type !== 'session.changed' || last.event.state !== life.situation.state)) throw new Error(`seed ${seed}: a change was not told`);
    reached.add(life.situation.state);
  };
  const length = 5 + Math.floor(random() * 40);
  for (let i = 0; i < length; i += 1) take(draw(life, random));
  take({ is: 'stop', reason: 'asked' });
  // Only the browser still speaks: it opens late, or is gone.
  for (let i = 0; i < 4 && life.real !== 'none'; i += 1) take(life.real === 'opening' && random() < 0.5 ? { is: 'browser_opened' } : { is: 'browser_gone' });
  if (life.situation.state !== 'stopped') throw new Error(`seed ${seed}: ends in ${life.situation.state} after ${told.join(' ')}`);
};

/** Takes these in turn, from the start of a session. */
const live = (...inputs: (Input | PageNews)[]): PretendLife => {
  const life = openPretendLife();
  life.take({ is: 'start' });
  life.take({ is: 'browser_opened' });
  for (const input of inputs) life.take('is' in input ? input : { is: 'told', news: input });
  return life;
};

describe('the life of a session', () => {
  test('of 100,000 random sequences none reaches an illegal state, and each ends in stopped without a browser', () => {
    const reached = new Set<string>();
    for (let seed = 1; seed <= 100_000; seed += 1) play(seed, reached);
    expect([...reached].toSorted()).toEqual(DEVICE_STATES.toSorted());
  }, 60_000);

  test('a session that is logged out on the phone loses its profile once, and says so only when its browser is gone', () => {
    const life = live(ready, { type: 'ended', how: 'logged_out' }, { type: 'ended', how: 'unpaired' });
    expect(life.situation).toMatchObject({ state: 'ready', browser: 'closing' });
    life.take({ is: 'browser_gone' });
    expect(life.situation).toMatchObject({ state: 'logged_out', linked: false });
    expect(life.destroyed).toBe(1);
  });

  test('nothing but a lost link destroys a profile', () => {
    for (const input of [{ type: 'dead', what: 'browser' }, { type: 'ended', how: 'conflict' }, { type: 'ended', how: 'banned' }, { is: 'stop', reason: 'asked' }, { is: 'restart', reason: 'memory' }, { is: 'outbox_full' }] as const) {
      const life = live(ready, input);
      life.take({ is: 'browser_gone' });
      expect(life.destroyed, JSON.stringify(input)).toBe(0);
    }
  });

  test('a QR in a session that was linked means that the link is gone', () => {
    const life = live(ready, { type: 'dead', what: 'page' }, qr);
    life.take({ is: 'browser_gone' });
    expect(life.situation.state).toBe('logged_out');
  });

  test('a QR on a linked page that says nothing of a logout may mean that it lost what it stored: an earlier copy is tried once, and then the link is gone', () => {
    const life = live(ready);
    life.take({ is: 'browser_gone' });
    life.take({ is: 'back_off_over' });
    life.take({ is: 'browser_opened', restorable: true });
    expect(life.take({ is: 'told', news: qr }).effects).toContainEqual({ do: 'close_browser', profile: 'replace' });
    life.take({ is: 'browser_gone' });
    expect(life.situation).toMatchObject({ state: 'reconnecting', reason: 'profile_lost' });
    expect(life.take({ is: 'back_off_over' }).effects).toContainEqual({ do: 'open_browser' });
    life.take({ is: 'browser_opened', restorable: false });
    expect(life.take({ is: 'told', news: qr }).effects).toContainEqual({ do: 'close_browser', profile: 'destroy' });
    life.take({ is: 'browser_gone' });
    expect([life.situation.state, life.destroyed]).toEqual(['logged_out', 1]);
  });

  test('no earlier copy is tried where the phone said that the link is over, nor for who asked to leave, nor behind a page that was ready', () => {
    const opened = (...inputs: Input[]): PretendLife => {
      const life = live(ready);
      for (const input of [{ is: 'browser_gone' }, { is: 'back_off_over' }, { is: 'browser_opened', restorable: true }, ...inputs] as const) life.take(input);
      return life;
    };
    expect(opened().take({ is: 'told', news: { type: 'ended', how: 'logged_out' } }).effects).toContainEqual({ do: 'close_browser', profile: 'destroy' });
    expect(opened({ is: 'log_out' }).take({ is: 'told', news: qr }).effects).toContainEqual({ do: 'close_browser', profile: 'destroy' });
    expect(opened({ is: 'told', news: ready }).take({ is: 'told', news: qr }).effects).toContainEqual({ do: 'close_browser', profile: 'destroy' });
  });

  test('a conflict is never fought for: nothing is opened until somebody says start', () => {
    const life = live(ready, { type: 'ended', how: 'conflict' });
    life.take({ is: 'browser_gone' });
    for (const input of [{ is: 'back_off_over' }, { is: 'deadline' }, { is: 'wake' }] as const) expect(life.take(input).effects).toEqual([]);
    expect(life.take({ is: 'start' }).effects).toContainEqual({ do: 'open_browser' });
  });

  test('a dead page is loaded again first; where that does not help, the browser is restarted', () => {
    const life = live(ready);
    expect(life.take({ is: 'told', news: { type: 'dead', what: 'page' } }).effects).toContainEqual({ do: 'open_page' });
    expect(life.take({ is: 'told', news: { type: 'dead', what: 'page' } }).effects).toContainEqual({ do: 'close_browser', profile: 'keep' });
    expect(life.take({ is: 'browser_gone' }).effects).toContainEqual({ do: 'back_off', failures: 1 });
    expect(life.take({ is: 'back_off_over' }).effects).toContainEqual({ do: 'open_browser' });
  });

  test('a session that fails again and again ends in failed, and a network that is away never does', () => {
    const life = live(ready, { type: 'connection', up: false });
    for (let i = 0; i < 50; i += 1) for (const is of ['deadline', 'browser_gone', 'back_off_over', 'browser_opened'] as const) life.take({ is });
    expect(life.situation.state).toBe('reconnecting');
    const die = (dying: PretendLife, times: number): string => {
      for (let i = 0; i < times; i += 1) for (const is of ['browser_gone', 'back_off_over', 'browser_opened'] as const) if (is !== 'browser_gone' || dying.real !== 'none') dying.take({ is });
      return dying.situation.state;
    };
    expect([die(live(), 10), die(live(ready), 10), die(live(ready), 120)]).toEqual(['failed', 'reconnecting', 'failed']);
  });

  test('a session for which there is no room waits for it, and is not failed for that', () => {
    const life = openPretendLife();
    life.take({ is: 'start' });
    for (let i = 0; i < 50; i += 1) for (const input of [{ is: 'browser_refused', why: 'memory' }, { is: 'back_off_over' }] as const) life.take(input);
    expect(life.situation).toMatchObject({ state: 'reconnecting', reason: 'memory', browser: 'opening' });
  });

  test('a page that says it is connected before it is ready does not make the session ready', () => {
    const life = live(ready, { type: 'connection', up: false }, { is: 'deadline' }, { is: 'browser_gone' }, { is: 'back_off_over' }, { is: 'browser_opened' }, { type: 'connection', up: true });
    expect(life.situation.state).toBe('reconnecting');
    expect(life.take({ is: 'told', news: ready }).effects).toContainEqual({ do: 'catch_up' });
    expect(life.situation.state).toBe('ready');
  });

  test('a full outbox closes the page, and it is opened again when the outbox has drained, not before', () => {
    const life = live(ready, { is: 'outbox_full' });
    expect(life.situation.browser).toBe('closing');
    life.take({ is: 'browser_gone' });
    expect(life.situation).toMatchObject({ state: 'reconnecting', reason: 'outbox_full' });
    for (const is of ['back_off_over', 'deadline', 'wake'] as const) expect(life.take({ is }).effects).toEqual([]);
    expect(life.take({ is: 'outbox_drained' }).effects).toContainEqual({ do: 'open_browser' });
  });

  test('an economical session that sleeps says so, and a wake-up opens it', () => {
    const life = live(ready, { is: 'sleep' });
    life.take({ is: 'browser_gone' });
    expect(life.situation).toMatchObject({ state: 'reconnecting', reason: 'asleep', browser: 'none' });
    expect(life.take({ is: 'wake' }).effects).toContainEqual({ do: 'open_browser' });
    expect(life.situation).toMatchObject({ state: 'reconnecting', reason: undefined, browser: 'opening' });
  });

  test('a page that lacks something degrades the session, and is not restarted for it', () => {
    const life = live({ type: 'broken', build: '2', missing: ['x'] }, ready);
    expect(life.situation).toMatchObject({ state: 'degraded', reason: 'contract_broken' });
    expect(deadlineOf(life.situation)).toBeUndefined();
    expect(life.take({ is: 'well' }).to.state).toBe('degraded');
  });

  test('another build of the page is opened in a browser of its own, at once, and keeps the link', () => {
    const life = live(ready, { is: 'rebuild' });
    expect(life.take({ is: 'browser_gone' }).effects).toContainEqual({ do: 'open_browser' });
    expect(life.situation).toMatchObject({ state: 'reconnecting', reason: undefined, linked: true });
    const linking = live(qr, { is: 'rebuild' });
    linking.take({ is: 'browser_gone' });
    expect([linking.situation.state, linking.destroyed, life.destroyed]).toEqual(['starting', 0, 0]);
  });

  test('syncing goes on as long as it moves', () => {
    const life = live({ type: 'syncing', progress: 1 });
    expect(life.take({ is: 'told', news: { type: 'syncing', progress: 2 } }).effects).toContainEqual({ do: 'arm' });
    expect(life.take({ is: 'told', news: { type: 'syncing', progress: 2 } }).effects).toEqual([]);
  });

  test('a device that was never opened is logged out by the page that holds its link', () => {
    const life = openPretendLife();
    for (const input of [{ is: 'log_out' }, { is: 'browser_opened' }] as const) life.take(input);
    expect(life.take({ is: 'told', news: ready }).effects).toEqual(expect.arrayContaining([{ do: 'log_out' }, { do: 'close_browser', profile: 'destroy' }]));
    life.take({ is: 'browser_gone' });
    expect(life.situation.state).toBe('logged_out');
  });

  test('stop while a logged out browser closes tells both, and rests in stopped', () => {
    const life = live(ready, { type: 'ended', how: 'logged_out' }, { is: 'stop', reason: 'asked' });
    const told = life.take({ is: 'browser_gone' }).effects.flatMap((effect) => (effect.do === 'tell' && effect.event.type === 'session.changed' ? [effect.event.state] : []));
    expect(told).toEqual(['logged_out', 'stopped']);
  });

  test('a QR that nobody scans does not hold a browser for ever', () => {
    const life = live(qr, { is: 'deadline' });
    life.take({ is: 'browser_gone' });
    expect(life.situation).toMatchObject({ state: 'stopped', reason: 'no_link' });
  });

  test('a transition changes nothing but what it returns', () => {
    const before = structuredClone(firstSituation);
    transition(firstSituation, { is: 'start' });
    expect(firstSituation).toEqual(before);
  });
});

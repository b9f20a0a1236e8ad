import { beforeEach, describe, expect, test } from 'vitest';
import { chooseBuild, followBuild, noBuilds, type BuildBook, type BuildNews } from './try-builds.ts';

const minute = 60_000;

describe('a new build of the page', () => {
  let book: BuildBook;
  let now: number;
  let said: string[];

  const hear = (device: string, news: BuildNews): boolean => {
    const move = followBuild(book, news, { device, now });
    book = move.book;
    if (move.verdict !== undefined) said.push(`${move.verdict.build} ${move.verdict.is}`);
    return move.reopen;
  };
  /** What the device opens, where WhatsApp serves this; answers with what it runs on in the end. */
  const open = (device: string, served: string, linked = true): string => {
    for (let tries = 0; tries < 3; tries += 1) {
      const chosen = chooseBuild(book, { device, linked, now });
      ({ book } = chosen);
      if (chosen.build !== undefined) return chosen.build;
      if (!hear(device, { is: 'loaded', build: served, linked })) return served;
    }
    throw new Error('it opens again and again');
  };

  beforeEach(() => {
    book = noBuilds;
    now = 1_000_000_000;
    said = [];
    open('a', 'one');
    hear('a', { is: 'ready', build: 'one' });
  });

  test('is good when it is the first and a session is ready on it', () => {
    expect([book.pinned, said]).toEqual(['one', ['one first']]);
    expect(open('b', 'one')).toBe('one');
  });

  test('runs on one session, and the others open the good one, however many open at once', () => {
    const run = Array.from({ length: 50 }, (_, n) => open(`d${n}`, 'two'));
    expect(run).toEqual(['two', ...Array.from({ length: 49 }, () => 'one')]);
    expect(said.at(-1)).toBe('two on_trial');
    // The canary stays on it when its browser is opened anew.
    expect([open('d0', 'two'), open('d1', 'two')]).toEqual(['two', 'one']);
  });

  test('is met by one of many sessions that a node starts at once', () => {
    book = { ...noBuilds, pinned: 'one' };
    const chosen = Array.from({ length: 50 }, (_, n) => {
      const choice = chooseBuild(book, { device: `d${n}`, linked: true, now });
      ({ book } = choice);
      return choice.build;
    });
    expect(chosen).toEqual([undefined, ...Array.from({ length: 49 }, () => 'one')]);
    // Whoever was to look did not come back.
    now += 61_000;
    expect(chooseBuild(book, { device: 'd1', linked: true, now }).build).toBeUndefined();
    hear('d1', { is: 'loaded', build: 'one', linked: true });
    expect(chooseBuild(book, { device: 'd2', linked: true, now }).build).toBeUndefined();
  });

  test.each([['a tick', true], ['ten minutes', false]] as const)('has proved itself when its session is ready, hears, and there was %s', (_what, ticks) => {
    open('b', 'two');
    hear('b', { is: 'ready', build: 'two' });
    hear('c', { is: 'ticked' });
    hear('b', { is: 'hears' });
    now += 9 * minute;
    hear('b', { is: 'hears' });
    expect(book.pinned).toBe('one');
    if (ticks) hear('b', { is: 'ticked' });
    else {
      now += minute;
      hear('b', { is: 'hears' });
    }
    expect([book.pinned, said.at(-1), open('c', 'two')]).toEqual(['two', 'two proved', 'two']);
  });

  test.each([{ is: 'broken', build: 'two' }, { is: 'outdated', build: undefined }] as const)('that is $is is held back, and its session opens the good one again', (news) => {
    open('b', 'two');
    expect(hear('b', news)).toBe(true);
    expect([book.pinned, said.at(-1), open('b', 'two'), open('c', 'two')]).toEqual(['one', 'two held_back', 'one', 'one']);
  });

  test('whose session fails once may be unlucky; twice, it is held back', () => {
    open('b', 'two');
    expect(hear('b', { is: 'failed' })).toBe(false);
    expect(hear('a', { is: 'failed' })).toBe(false);
    expect([hear('b', { is: 'failed' }), said.at(-1)]).toEqual([true, 'two held_back']);
  });

  test('is tried by another session where the canary is stopped', () => {
    open('b', 'two');
    hear('b', { is: 'gone' });
    expect([open('c', 'two'), book.trial?.device]).toEqual(['two', 'c']);
  });

  test('that was held back is asked about once an hour, and the next one is tried', () => {
    open('b', 'two');
    hear('b', { is: 'broken', build: 'two' });
    expect([open('c', 'three'), said.at(-1)]).toEqual(['one', 'two held_back']);
    now += 61 * minute;
    expect([open('c', 'three'), open('d', 'three')]).toEqual(['three', 'one']);
    expect(said.at(-1)).toBe('three on_trial');
  });

  test('is not tried by a device that waits for its QR', () => {
    expect([open('new', 'two', false), said]).toEqual(['one', ['one first']]);
    book = { ...noBuilds, pinned: 'one' };
    expect([open('newer', 'two', false), open('newest', 'two', false), book.trial]).toEqual(['one', 'one', undefined]);
    expect(open('b', 'two')).toBe('two');
  });

  test('is all there is where WhatsApp refuses the good one as outdated', () => {
    open('b', 'two');
    hear('b', { is: 'broken', build: 'two' });
    expect(hear('c', { is: 'outdated', build: 'one' })).toBe(true);
    expect([said.at(-1), open('c', 'two'), open('d', 'two')]).toEqual(['one given_up', 'two', 'two']);
    hear('c', { is: 'ready', build: 'two' });
    expect(book.pinned).toBe('two');
  });

  test('that is broken where there is no other is not held back', () => {
    book = noBuilds;
    expect([open('a', 'two'), hear('a', { is: 'broken', build: 'two' }), open('b', 'two')]).toEqual(['two', false, 'two']);
  });
});

import { buffer } from 'node:stream/consumers';
import type { Upload } from '@waxos/contract/node-link/uploads';
import type { MessageKey } from '@waxos/contract/node-link/identities';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SessionOptions } from '../life.ts';
import { openTestSession, person, type TestSession } from '../testing/test-session.ts';

const keyOf = (id: string): MessageKey => ({ chat: person(1), fromMe: false, id });
const outcomes = (s: TestSession) => s.of('upload.ended').map(({ outcome }) => outcome);

describe('what is fetched', () => {
  let uploads: { of: Upload; mimetype: string; bytes: string }[];
  let answers: ('stored' | 'later' | 'too_large')[];
  const upload: SessionOptions['upload'] = async ({ of, mimetype, bytes }) => {
    uploads.push({ of, mimetype, bytes: (await buffer(bytes)).toString() });
    return answers.shift() ?? 'stored';
  };
  beforeEach(() => {
    uploads = [];
    answers = [];
  });

  test('goes to the gateway as bytes, and that is told', async () => {
    const s = await openTestSession({ upload });
    await s.ready();
    await s.command({ type: 'media.fetch', key: keyOf('A') });
    await s.command({ type: 'picture.fetch', chat: person(2) });
    await s.command({ type: 'group.fetch', group: '120363000000000001' });
    await s.until(() => outcomes(s).length === 2 && s.of('group.changed').length === 1, 'all three');
    expect(uploads).toEqual([
      { of: { what: 'media', key: keyOf('A') }, mimetype: 'image/png', bytes: 'png' },
      { of: { what: 'picture', chat: person(2) }, mimetype: 'image/jpeg', bytes: 'jpeg' },
    ]);
    expect(outcomes(s)).toEqual(['stored', 'stored']);
  });

  test('and has no picture is told as such', async () => {
    const s = await openTestSession({ upload });
    s.world.picture = false;
    await s.ready();
    await s.command({ type: 'picture.fetch', chat: person(2) });
    await s.until(() => outcomes(s).length === 1, 'an outcome');
    expect([outcomes(s), s.of('picture.changed')]).toEqual([['gone'], [{ type: 'picture.changed', chat: person(2), has: false }]]);
  });

  test('and does not come is marked once, and tried again when it is due, by the next session and node too', async () => {
    const s = await openTestSession({ upload });
    await s.ready();
    answers = ['later', 'later', 'later'];
    await s.command({ type: 'media.fetch', key: keyOf('A') });
    await s.until(() => uploads.length === 2, 'the first retry');
    await s.session.stop('asked');
    await s.outbox.close();
    const again = await openTestSession({ folder: s.folder, world: s.world, upload }, s.time);
    await again.ready();
    expect(again.session.isQuiet()).toBe(false);
    await s.time.pass(60_000);
    expect([uploads.length, again.session.standing().pressing, again.session.isQuiet()]).toEqual([2, false, true]);
    for (const dueMs of [60_000, 10 * 60_000]) {
      await s.time.pass(dueMs);
      await again.until(() => uploads.length > 2, 'another try');
    }
    await again.until(() => outcomes(again).includes('stored'), 'its bytes');
    expect([outcomes(again), uploads.length]).toEqual([['later', 'stored'], 4]);
  });

  test('while no page works is marked, and fetched when there is one', async () => {
    const s = await openTestSession({ upload });
    await s.ready();
    s.world.tell({ type: 'connection', up: false });
    await s.command({ type: 'media.fetch', key: keyOf('A') });
    await s.until(() => outcomes(s).length === 1, 'a mark');
    s.world.tell({ type: 'connection', up: true });
    await s.until(() => outcomes(s).length === 2, 'its bytes');
    expect(outcomes(s)).toEqual(['later', 'stored']);
  });

  test('is fetched two at a time, however much is asked for', async () => {
    let [now, most] = [0, 0];
    const gate = Promise.withResolvers<void>();
    const slow: SessionOptions['upload'] = async () => {
      now += 1;
      most = Math.max(most, now);
      await gate.promise;
      now -= 1;
      return 'stored';
    };
    const s = await openTestSession({ upload: slow });
    await s.ready();
    for (let n = 0; n < 12; n += 1) await s.command({ type: 'media.fetch', key: keyOf(`M${n}`) });
    await s.time.pass(1_000);
    gate.resolve();
    await s.until(() => outcomes(s).length === 12, 'all of them');
    expect([most, new Set(outcomes(s))]).toEqual([2, new Set(['stored'])]);
  });

  test('and never comes is given up after some hours, and asks nothing more of the page', async () => {
    answers = Array.from({ length: 50 }, () => 'later' as const);
    const s = await openTestSession({ upload });
    await s.ready();
    await s.command({ type: 'media.fetch', key: keyOf('A') });
    for (let hour = 0; hour < 24; hour += 1) await s.time.pass(3_600_000);
    expect([uploads.length, outcomes(s)]).toEqual([6, ['later']]);
  });
});

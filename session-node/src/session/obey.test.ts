import { buffer } from 'node:stream/consumers';
import type { Glimpse } from '@waxos/contract/node-link/events';
import { expect, test } from 'vitest';
import { openTestSession, person } from './testing/test-session.ts';

test('a chat that is watched is watched in the page, and who types there is told as a glimpse and kept nowhere', async () => {
  const glimpses: Glimpse[] = [];
  const s = await openTestSession({ glimpse: (one) => void glimpses.push(one) });
  await s.ready();
  await s.command({ type: 'chat.watch', chat: person(1) });
  const typing: Glimpse = { type: 'chat.presence', chat: person(1), by: { phone: '49170000001' }, state: 'typing' };
  const before = s.told().length;
  s.world.tell(typing);
  await s.time.pass(1_000);
  expect([s.world.watched, glimpses, s.told().length]).toEqual([[person(1)], [typing], before]);
});

test('a call is rejected in the page', async () => {
  const s = await openTestSession();
  await s.ready();
  await s.command({ type: 'call.reject', id: 'CALL1', from: { phone: '49170000001' } });
  await s.until(() => s.world.rejected.length > 0, 'the call to be rejected');
  expect(s.world.rejected).toEqual(['CALL1']);
});

test('a screenshot is taken of whatever the page shows, and is gone where there is no page', async () => {
  const taken: string[] = [];
  const s = await openTestSession({
    upload: async ({ of, mimetype, bytes }) => {
      taken.push(`${of.what === 'screenshot' ? of.command : of.what} ${mimetype} ${(await buffer(bytes)).toString()}`);
      return 'stored';
    },
  });
  const without = await s.command({ type: 'screenshot.take' });
  await s.until(() => s.of('upload.ended').length === 1, 'an outcome');
  await s.command({ type: 'session.start', settings: { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 30 } });
  await s.until(() => s.session.state() === 'qr', 'a QR');
  const id = await s.command({ type: 'screenshot.take' });
  await s.until(() => s.of('upload.ended').length === 2, 'the second');
  expect(taken).toEqual([`${id} image/png shot`]);
  expect(s.of('upload.ended')).toEqual([
    { type: 'upload.ended', upload: { what: 'screenshot', command: without }, outcome: 'gone' },
    { type: 'upload.ended', upload: { what: 'screenshot', command: id }, outcome: 'stored' },
  ]);
});

test('one message that cannot be read degrades nothing; a page where every other cannot be is degraded', async () => {
  const s = await openTestSession();
  await s.ready();
  const tell = () => s.world.tell({ type: 'unreadable', build: '2.3000.1', what: 'message' });
  for (let n = 0; n < 200; n += 1) {
    s.world.receive(person(1), `fine ${n}`);
    if (n % 10 === 0) tell();
  }
  expect(s.session.state()).toBe('ready');
  for (let n = 0; n < 20; n += 1) tell();
  expect(s.session.state()).toBe('degraded');
  await s.until(() => s.of('session.changed').at(-1)?.reason === 'contract_broken', 'the reason');
});

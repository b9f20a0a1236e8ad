import { expect, test } from 'vitest';
import type { DriverEvent } from './driver.ts';
import { judgeLink } from './judge-link.ts';

const judge = () => {
  const told: DriverEvent[] = [];
  return { told, judged: judgeLink((event) => void told.push(event), () => 1_000) };
};
const ready: Extract<DriverEvent, { type: 'ready' }> = { type: 'ready', me: { phone: '4915510000001' }, pushName: 'Shop', platform: 'android', build: '2.3000.1' };

test('a link from its QR to its being ready is told step by step, each once', () => {
  const { told, judged } = judge();
  judged.state('OPENING', false);
  judged.state('UNPAIRED', false);
  for (const qr of ['undefined,a', 'first,a', 'first,a', 'second,a']) judged.qr(qr);
  judged.state('PAIRING', false);
  judged.state('OPENING', true);
  judged.state('CONNECTED', true);
  for (const progress of [10, 10.2, 250]) judged.progress(progress);
  judged.ready(ready);
  judged.ready(ready);
  judged.progress(100);
  expect(told).toEqual([
    { type: 'qr', qr: 'first,a', expiresAt: 61_000 },
    { type: 'qr', qr: 'second,a', expiresAt: 21_000 },
    { type: 'authenticating' },
    { type: 'syncing', progress: 10 },
    { type: 'syncing', progress: 100 },
    ready,
  ]);
});

test('a connection is told as lost and found only once it was there, and each once', () => {
  const { told, judged } = judge();
  judged.state('OPENING', true);
  judged.state('TIMEOUT', true);
  judged.ready(ready);
  told.length = 0;
  for (const state of ['OPENING', 'TIMEOUT', 'CONNECTED', 'CONNECTED']) judged.state(state, true);
  expect(told).toEqual([{ type: 'connection', up: false }, { type: 'connection', up: true }]);
});

test.each([
  ['CONFLICT', 'conflict'],
  ['TOS_BLOCK', 'banned'],
  ['SMB_TOS_BLOCK', 'banned'],
  ['DEPRECATED_VERSION', 'outdated'],
  ['UNPAIRED', 'unpaired'],
  ['UNPAIRED_IDLE', 'unpaired'],
] as const)('a linked page that turns %s has ended once as %s, and says no more', (state, how) => {
  const { told, judged } = judge();
  judged.ready(ready);
  told.length = 0;
  judged.state(state, false);
  judged.loggedOut();
  judged.state('UNPAIRED', false);
  judged.qr('next,a');
  judged.ready(ready);
  expect(told).toEqual([{ type: 'ended', how }]);
});

test('QRs that are used up are idle once, until they are asked for again', () => {
  const { told, judged } = judge();
  judged.qr('first,a');
  judged.state('UNPAIRED_IDLE', false);
  judged.state('UNPAIRED_IDLE', false);
  judged.refreshed();
  judged.qr('second,a');
  expect(told.map((event) => (event.type === 'qr' ? event.expiresAt : event.type))).toEqual([61_000, 'idle', 61_000]);
});

test('a new document becomes ready anew', () => {
  const { told, judged } = judge();
  judged.ready(ready);
  judged.reloaded();
  judged.state('OPENING', true);
  judged.ready({ ...ready, build: '2.3000.2' });
  expect(told.map(({ type }) => type)).toEqual(['ready', 'authenticating', 'ready']);
});

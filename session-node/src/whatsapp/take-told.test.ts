import { expect, test } from 'vitest';
import type { DriverEvent } from './driver.ts';
import { judgeLink } from './judge-link.ts';
import { takeTold } from './take-told.ts';

const open = () => {
  const told: DriverEvent[] = [];
  const tokens: string[] = [];
  const tell = (event: DriverEvent): void => void told.push(event);
  const judge = judgeLink(tell, () => 0);
  return { told, tokens, judge, take: takeTold({ judge, tell, canary: (token) => void tokens.push(token), build: () => '2.3000.1' }) };
};
const key = { chat: { kind: 'group', group: '120363000000000001' }, fromMe: false, author: { lid: '100200300400' }, id: '3EB0AA' };

test('what the scripts tell becomes events in the order it was told', () => {
  const { told, tokens, take } = open();
  take([
    { what: 'ack', key, ack: 9 },
    { what: 'reaction', key, by: { phone: '4915510000001' }, emoji: '', atMs: '1700000000999' },
    { what: 'canary', token: 't' },
    { what: 'vote', key, by: { phone: '4915510000001' }, options: [1], atMs: 1_700_000_000_000 },
    { what: 'hidden', key },
    { what: 'chat', chat: key.chat, name: 'Regulars', unread: 2, archived: false },
    { what: 'call', from: { lid: '100200300400' }, id: 'c', video: true, group: false },
    { what: 'message', message: { key, at: 5, said: { type: 'chat', body: 'Hello' } } },
  ]);
  expect(tokens).toEqual(['t']);
  expect(told).toEqual([
    { type: 'message.acked', key, ack: 4 },
    { type: 'message.reacted', key, by: { phone: '4915510000001' }, emoji: '', at: 1_700_000_000 },
    { type: 'message.voted', key, by: { phone: '4915510000001' }, options: [1], at: 1_700_000_000 },
    { type: 'message.hidden', key },
    { type: 'chat.changed', chat: key.chat, name: 'Regulars', unread: 2, archived: false },
    { type: 'call.noticed', from: { lid: '100200300400' }, id: 'c', video: true, group: false },
    { type: 'message.seen', source: 'live', message: { key, at: 5, ack: 0, content: { kind: 'text', text: 'Hello' } } },
  ]);
});

test('whatever else a page says is named as broken, and nothing is thrown', () => {
  const { told, take } = open();
  for (const given of [undefined, 'text', 7, { what: 'ack' }]) take(given);
  expect(told).toEqual([]);
  take([null, { what: 'unheard of' }, { what: 'ack', key: { ...key, id: '' }, ack: 1 }, { what: 'message', message: 'x' }, { what: 'failed', text: 'x'.repeat(5_000) }]);
  expect(told.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => 'broken'));
  expect(JSON.stringify(told).length).toBeLessThan(2_000);
});

test('after the end of a link nothing of it is told any more', () => {
  const { told, judge, take } = open();
  judge.loggedOut();
  take([{ what: 'ack', key, ack: 1 }, { what: 'state', state: 'UNPAIRED', linked: false }, { what: 'progress', progress: 5 }, { what: 'passkey' }]);
  expect(told).toEqual([{ type: 'ended', how: 'logged_out' }]);
});

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

test('whatever else a page says is named as unreadable, without its words, and nothing is thrown', () => {
  const { told, take } = open();
  for (const given of [undefined, 'text', 7, { what: 'ack' }]) take(given);
  expect(told).toEqual([]);
  take([null, { what: 'unheard of' }, { what: 'ack', key: { ...key, id: '' }, ack: 1 }, { what: 'message', message: 'x' }, { what: 'failed', text: `No LID for user 4915510000001@c.us ${'x'.repeat(5_000)}` }]);
  expect(told.map((event) => (event.type === 'unreadable' ? event.what.slice(0, 25) : event.type))).toEqual(['something without a name', 'something without a name', 'ack', 'a message without a key', 'No LID for user …@c.us xx']);
  expect(JSON.stringify(told).length).toBeLessThan(2_000);
});

test('a message that cannot be read is told as unsupported where it has a key, and those after it are told', () => {
  const { told, take } = open();
  take([{ what: 'message', message: { key, at: 7, said: { body: 'of no type' } } }, { what: 'message', message: { key: { ...key, id: '3EB0AB' }, at: 8, said: { type: 'chat', body: 'Hello' } } }]);
  expect(told).toEqual([
    { type: 'unreadable', build: '2.3000.1', what: 'a message' },
    { type: 'message.seen', source: 'live', message: { key, at: 7, ack: 0, content: { kind: 'unsupported', type: '' } } },
    { type: 'message.seen', source: 'live', message: { key: { ...key, id: '3EB0AB' }, at: 8, ack: 0, content: { kind: 'text', text: 'Hello' } } },
  ]);
});

test('groups, people, pictures and who types are told as they are', () => {
  const { told, take } = open();
  const [chat, by] = [{ kind: 'person', person: { phone: '4915510000001' } }, { lid: '100200300400' }];
  take([
    { what: 'group', group: '120363000000000001', subject: 'Regulars', description: '', onlyAdminsSend: true, onlyAdminsEdit: 'no', members: [{ person: by, role: 'admin' }] },
    { what: 'person', person: by, name: 'x'.repeat(9_000), business: true },
    { what: 'picture', chat, has: false },
    { what: 'presence', chat, by, state: 'offline', lastSeen: 1_700_000_000 },
  ]);
  expect(told).toEqual([
    { type: 'group.changed', group: '120363000000000001', subject: 'Regulars', description: '', onlyAdminsSend: true, members: [{ person: by, role: 'admin' }] },
    { type: 'person.changed', person: by, name: 'x'.repeat(4_096), business: true },
    { type: 'picture.changed', chat, has: false },
    { type: 'chat.presence', chat, by, state: 'offline', lastSeen: 1_700_000_000 },
  ]);
});

test('after the end of a link nothing of it is told any more', () => {
  const { told, judge, take } = open();
  judge.loggedOut();
  take([{ what: 'ack', key, ack: 1 }, { what: 'state', state: 'UNPAIRED', linked: false }, { what: 'progress', progress: 5 }, { what: 'passkey' }]);
  expect(told).toEqual([{ type: 'ended', how: 'logged_out' }]);
});

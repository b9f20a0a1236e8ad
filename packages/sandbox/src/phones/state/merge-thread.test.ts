import { expect, test } from 'vitest';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { mergeNewest, mergeOlder } from './merge-thread.ts';

const message = (id: string, text = id): ThreadMessage => ({ key: { chat: '1@c.us', id, fromMe: false }, at: 1, from: '1@c.us', to: '2@c.us', content: { kind: 'text', text }, ack: 1, authorName: '' });
const page = (ids: string, earlier?: string) => ({ messages: ids.split('').map((id) => message(id)), ...(earlier === undefined ? {} : { earlier }) });
const ids = ({ messages }: { messages: readonly ThreadMessage[] }): string => messages.map(({ key }) => key.id).join('');

test('what is new comes below what was loaded, and the way up stays', () => {
  const merged = mergeNewest(page('abcd', '7'), page('cdef', '9'));
  expect(ids(merged)).toBe('abcdef');
  expect(merged.earlier).toBe('7');
});

test('the newest page is the truth for its time: what it lacks is gone, what it has anew is shown', () => {
  const merged = mergeNewest(page('abcd'), { messages: [message('b', 'edited'), message('d')], earlier: '1' });
  expect(ids(merged)).toBe('abd');
  expect(merged.messages[1]?.content).toEqual({ kind: 'text', text: 'edited' });
});

test('over a gap nothing is joined: the older part is loaded again when it is wanted', () => {
  expect(mergeNewest(page('ab'), page('xyz', '20'))).toEqual(page('xyz', '20'));
});

test('a chat that was cleared is empty', () => {
  expect(ids(mergeNewest(page('abc', '3'), page('')))).toBe('');
});

test('a page above is put above, each message once, and at the top there is no way up', () => {
  const merged = mergeOlder(page('cde', '2'), page('abc'));
  expect(ids(merged)).toBe('abcde');
  expect(merged.earlier).toBeUndefined();
});

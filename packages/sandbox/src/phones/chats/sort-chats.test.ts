import { expect, test } from 'vitest';
import type { ChatView } from '../../network/phone-view.ts';
import { isMuted, sortChats } from './sort-chats.ts';

const chat = (id: string, at: number, pinnedAt = 0): ChatView => ({ id, at, pinnedAt, unread: 0, title: id, typing: [] });

test('pinned chats come first, then the newest', () => {
  expect(sortChats([chat('a', 5), chat('b', 9), chat('c', 1, 3), chat('d', 2, 8)]).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
});

test('a chat is muted until its time, or for ever', () => {
  expect(isMuted({ mutedUntil: -1 }, 100)).toBe(true);
  expect(isMuted({ mutedUntil: 101 }, 100)).toBe(true);
  expect(isMuted({ mutedUntil: 100 }, 100)).toBe(false);
  expect(isMuted({}, 100)).toBe(false);
});

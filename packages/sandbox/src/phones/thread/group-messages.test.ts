import { expect, test } from 'vitest';
import type { Content } from '../../acts/contents.ts';
import type { ThreadMessage } from '../../network/phone-view.ts';
import type { WireContent } from '../../wire/stanzas.ts';
import { groupMessages, type Line } from './group-messages.ts';

const noon = new Date(2026, 4, 4, 12).getTime() / 1_000;
const hello: Content = { kind: 'text', text: 'hello' };
const media = { hash: '0'.repeat(64), mimetype: 'image/png', size: 1 };

interface Said {
  id: string;
  after?: number;
  mine?: boolean;
  content?: WireContent;
}

const message = ({ id, after = 0, mine = false, content = hello }: Said): ThreadMessage => ({
  key: { chat: '1@c.us', id, fromMe: mine },
  at: noon + after,
  from: mine ? '2@c.us' : '1@c.us',
  to: mine ? '1@c.us' : '2@c.us',
  content,
  ack: 1,
  authorName: 'Padaria Sol',
});

const outline = (lines: readonly Line[]): string[] =>
  lines.map((line) => (line.as === 'message' ? `${line.message.key.id}${line.first ? ' first' : ''}${line.last ? ' last' : ''}` : line.as));

test('what one author says in a row is one run, until the other speaks or five minutes pass', () => {
  const lines = groupMessages([message({ id: 'A' }), message({ id: 'B', after: 60 }), message({ id: 'C', after: 90, mine: true }), message({ id: 'D', after: 600, mine: true })]);
  expect(outline(lines)).toEqual(['day', 'A first', 'B last', 'C first last', 'D first last']);
});

test('each day begins with its line', () => {
  expect(outline(groupMessages([message({ id: 'A' }), message({ id: 'B', after: 86_400 })]))).toEqual(['day', 'A first last', 'day', 'B first last']);
});

test('a notice stands alone and ends a run', () => {
  const notice: WireContent = { kind: 'notice', notice: { kind: 'encryption' } };
  expect(outline(groupMessages([message({ id: 'A' }), message({ id: 'N', content: notice }), message({ id: 'B' })]))).toEqual(['day', 'A first last', 'notice', 'B first last']);
});

test('the line of the unread stands before as many incoming messages as are unread', () => {
  const messages = [message({ id: 'A' }), message({ id: 'B', mine: true }), message({ id: 'C' }), message({ id: 'D' })];
  expect(outline(groupMessages(messages, 2))).toEqual(['day', 'A first last', 'B first last', 'unread', 'C first', 'D last']);
});

test('pictures of an album stand in it, at the place of its head', () => {
  const picture: Content = { kind: 'image', media, album: 'H' };
  const lines = groupMessages([message({ id: 'H', content: { kind: 'album', images: 2, videos: 0 } }), message({ id: 'P', content: picture }), message({ id: 'Q', content: picture })]);
  expect(outline(lines)).toEqual(['day', 'H first last']);
  expect(lines.flatMap((line) => (line.as === 'message' ? line.album.map(({ key }) => key.id) : []))).toEqual(['P', 'Q']);
});

test('a picture whose album is not loaded stands for itself, and an album without pictures is not shown', () => {
  const picture: Content = { kind: 'image', media, album: 'gone' };
  expect(outline(groupMessages([message({ id: 'P', content: picture }), message({ id: 'H', content: { kind: 'album', images: 2, videos: 0 } })]))).toEqual(['day', 'P first last']);
});

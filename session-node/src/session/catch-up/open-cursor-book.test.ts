import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '@waxos/contract/node-link/contents';
import { expect, test } from 'vitest';
import { openTestFolder } from '../testing/test-folder.ts';
import { person } from '../testing/test-session.ts';
import { openTestTime } from '../testing/test-time.ts';
import { openCursorBook, type CursorBook } from './open-cursor-book.ts';

const day = 86_400;
const now = 1_800_000_000;
const message = (id: string, at: number, chat = person(1)): Message => ({ key: { chat, fromMe: false, id }, at, content: { kind: 'text', text: id }, ack: 1 });
const open = async (path?: string): Promise<{ book: CursorBook; path: string }> => {
  const at = path ?? join(await openTestFolder(), 'cursors');
  return { book: await openCursorBook({ path: at, time: openTestTime() }), path: at };
};
/** So many lines, after which the file is written anew. */
const fill = (book: CursorBook): void => {
  for (let line = 0; line < 20_000; line += 1) book.markComplete(now);
};

test('a message whose telling is not on the disk yet is not noted there either, also where the file is written anew meanwhile', async () => {
  const { book, path } = await open();
  book.note(message('told', now))?.();
  expect(book.note(message('telling', now))).toBeDefined();
  fill(book);
  await book.close();
  const { book: after } = await open(path);
  expect([after.note(message('told', now)), after.note(message('telling', now))]).toEqual([undefined, expect.any(Function)]);
  await after.close();
});

test('what is too old to be read back is forgotten, and when each chat was last spoken in is not', async () => {
  const { book, path } = await open();
  for (let n = 0; n < 200; n += 1) book.note(message(`old ${n}`, now - 40 * day + n))?.();
  book.note(message('silent for long', now - 30 * day, person(2)))?.();
  book.note(message('new', now - day))?.();
  fill(book);
  await book.close();
  const text = await readFile(path, 'utf8');
  expect([text.includes('old 1'), text.includes('silent for long'), text.includes('new')]).toEqual([false, true, true]);
  const { book: after } = await open(path);
  expect([after.wasHeard(person(2)), after.newest(person(2))?.at, after.newest(person(1))?.at]).toEqual([true, now - 30 * day, now - day]);
  await after.close();
});

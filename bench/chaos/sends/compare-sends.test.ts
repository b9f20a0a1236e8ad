import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import { expect, test } from 'vitest';
import { compareSends } from './compare-sends.ts';
import { openSendBook, type SendBook } from './open-send-book.ts';

const device = 'a-device';
const devices = new Set([device]);
const chat = { kind: 'person', person: { lid: '200002' } } as const;

const bookOf = (...ids: string[]): SendBook => {
  const book = openSendBook();
  for (const id of ids) book.add({ id, device, messageId: `WA${id}`, chat, conversation: 'ana', text: `text ${id}` });
  return book;
};
const end = (book: SendBook, command: string, outcome: 'sent' | 'uncertain' | 'failed'): void =>
  book.commit({ type: 'send.ended', command, result: outcome === 'failed' ? { outcome, reason: 'not_ready' } : outcome === 'sent' ? { outcome, id: 'x', at: 1 } : { outcome, id: 'x' } }, 0);
const left = (...said: (string | [id: string, text: string])[]): LedgerEntry[] =>
  said.map((one, index) => {
    const [id, text] = typeof one === 'string' ? [`WA${one}`, `text ${one}`] : one;
    return { e: 'message.sent', chat: 'd:1:2', id, author: '1', by: device, content: { kind: 'text', text }, n: index + 1, at: index };
  });
const judge = (book: SendBook, entries: LedgerEntry[]) => compareSends(entries, { rows: book.rows(), devices });

test('what was sent, and said to be, is without fault', () => {
  const book = bookOf('a', 'b');
  end(book, 'a', 'sent');
  end(book, 'b', 'failed');
  expect(judge(book, left('a'))).toEqual({ asked: 2, sent: 1, failed: 1, open: [], phantom: [], denied: [], twice: [], unasked: [], contradicted: [], outOfOrder: [], uncertainSent: [], uncertainUnsent: [] });
});

test('each way of saying something wrong is found', () => {
  const book = bookOf('a', 'b', 'c', 'd', 'e');
  end(book, 'a', 'sent');
  end(book, 'b', 'failed');
  end(book, 'c', 'uncertain');
  end(book, 'd', 'uncertain');
  expect(judge(book, left('b', 'c'))).toMatchObject({ phantom: ['a'], denied: ['b'], uncertainSent: ['c'], uncertainUnsent: ['d'], open: ['e'] });
});

test('one that left twice is found, also under an id that nobody asked for', () => {
  const book = bookOf('a', 'b');
  end(book, 'a', 'sent');
  end(book, 'b', 'sent');
  expect(judge(book, left('a', 'b', 'b')).twice).toEqual(['b']);
  expect(judge(book, left('a', 'b', ['3EB0OTHER', 'text a']))).toMatchObject({ twice: ['a'], unasked: ['3EB0OTHER'] });
});

test('two of a conversation that changed places are found', () => {
  const book = bookOf('a', 'b');
  end(book, 'a', 'sent');
  end(book, 'b', 'sent');
  expect(judge(book, left('b', 'a')).outOfOrder).toHaveLength(1);
});

test('what is known replaces what was uncertain, and two that are known contradict each other', () => {
  const book = bookOf('a', 'b');
  const [first] = book.rows();
  if (first === undefined) throw new Error('no row');
  book.noteCheck(first, 'look');
  end(book, 'look', 'uncertain');
  end(book, 'a', 'sent');
  end(book, 'b', 'failed');
  end(book, 'b', 'sent');
  expect(judge(book, left('a', 'b'))).toMatchObject({ sent: 1, failed: 1, contradicted: ['b'], denied: ['b'], uncertainSent: [] });
});

test('the next of a conversation waits until the one before it is at its end', () => {
  const book = bookOf('a', 'b');
  expect(book.heads(device).map(({ id }) => id)).toEqual(['a']);
  end(book, 'a', 'sent');
  expect(book.heads(device).map(({ id }) => id)).toEqual(['b']);
});

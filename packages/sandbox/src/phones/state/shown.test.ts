import { expect, test } from 'vitest';
import { formatShown, parseScan, parseShown, putBeside, putShown } from './shown.ts';

test('what is shown comes back from the address as it went in', () => {
  const shown = [{ account: '101', chat: '5511987654321@c.us' }, { account: '102' }, { account: '103', chat: '120363-1@g.us' }];
  expect(parseShown(formatShown(shown))).toEqual(shown);
  expect(formatShown([])).toBe('');
});

test.each(['', '#', '#scan=abc', '#phones=', '#phones=<b>', '#phones=1:%00', '#phones=x:y'])('%j shows nothing', (hash) => {
  expect(parseShown(hash)).toEqual([]);
});

test('no more than three phones are shown', () => {
  expect(parseShown('#phones=1,2,3,4').map(({ account }) => account)).toEqual(['1', '2', '3']);
  expect(putBeside([{ account: '1' }, { account: '2' }, { account: '3' }], '4').map(({ account }) => account)).toEqual(['2', '3', '4']);
});

test('a chosen phone takes the place of the one used last, and one that is shown keeps its chat', () => {
  const shown = [{ account: '1', chat: 'a@c.us' }, { account: '2' }];
  expect(putShown(shown, '3', '2')).toEqual([{ account: '1', chat: 'a@c.us' }, { account: '3' }]);
  expect(putShown(shown, '1', '2')).toEqual(shown);
  expect(putShown([], '1', undefined)).toEqual([{ account: '1' }]);
});

test("a QR's text is read from the address, encoded or plain", () => {
  const qr = '2@ab+c/d==,ef=,gh=,ij=,1';
  expect(parseScan(`#scan=${qr}`)).toBe(qr);
  expect(parseScan(`#scan=${encodeURIComponent(qr)}`)).toBe(qr);
  expect(parseScan('#scan=50%')).toBe('50%');
  expect(parseScan('#phones=1')).toBeUndefined();
});

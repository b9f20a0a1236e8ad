import { expect, test } from 'vitest';
import { readPairingCode } from '../phone/pairing-code.ts';
import { readInviteCode } from '../chats/invite-code.ts';
import { readPoint } from './read-point.ts';

test.each([
  ['-23.5505, -46.6333', { latitude: -23.5505, longitude: -46.6333 }],
  ['0 0', { latitude: 0, longitude: 0 }],
  ['91, 0', undefined],
  ['10, 181', undefined],
  ['north', undefined],
])('%j is read as %j', (typed, point) => {
  expect(readPoint(typed)).toEqual(point);
});

test('a pairing code is read in small letters and with its hyphen', () => {
  expect(readPairingCode(' abcd-ef12 ')).toBe('ABCDEF12');
  expect(readPairingCode('abcd-ef1')).toBeUndefined();
});

test("an invite's link is as good as its code", () => {
  expect(readInviteCode(' https://chat.whatsapp.com/AbC123?x=1 ')).toBe('AbC123');
  expect(readInviteCode('AbC123')).toBe('AbC123');
});

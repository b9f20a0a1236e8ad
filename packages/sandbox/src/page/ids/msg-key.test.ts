import { afterEach, expect, test } from 'vitest';
import { MsgKey, renameSerialized } from './msg-key.ts';
import { createWid } from './wid.ts';

afterEach(() => renameSerialized('_serialized'));

test.each([
  ['4915510000001@c.us', '4915510000001@c.us'],
  ['4915510000001:12@c.us', '4915510000001@c.us'],
  ['4915510000001@s.whatsapp.net', '4915510000001@c.us'],
  ['100200300400500@lid', '100200300400500@lid'],
  ['120363000000000001@g.us', '120363000000000001@g.us'],
])('the address %s is the wid %s', (address, expected) => {
  expect(createWid(address).toString()).toBe(expected);
  expect(createWid(createWid(address))).toEqual(createWid(address));
});

test.each(['', 'nobody', '12 34@c.us@c.us', '@c.us'])('%j is no wid', (text) => {
  expect(() => createWid(text)).toThrow('invalid wid');
});

test.each(['true_4915510000001@c.us_3EB0AABBCCDD', 'false_120363000000000001@g.us_3A00_100200300400500@lid', 'false_status@broadcast_ABCD_4915510000001@c.us'])('the key %s is read and written the same', (text) => {
  expect(MsgKey.fromString(text).toString()).toBe(text);
});

test('a key of one’s own goes to the chat, one of somebody else’s comes from it', () => {
  const [from, to] = ['1111111111@c.us', '2222222222@c.us'];
  expect(new MsgKey({ from, to, id: 'A', selfDir: 'out' }).remote.toString()).toBe(to);
  expect(new MsgKey({ from, to, id: 'A', selfDir: 'in' }).remote.toString()).toBe(from);
});

test('a build that has renamed the field has the text under the new name only', () => {
  renameSerialized('$1');
  const key = new MsgKey({ remote: '1111111111@c.us', id: 'A', fromMe: true });
  expect(Object.keys(key)).not.toContain('_serialized');
  expect(Reflect.get(key, '$1')).toBe('true_1111111111@c.us_A');
});

test('ids are WhatsApp Web’s, and no two are the same', async () => {
  const ids = await Promise.all(Array.from({ length: 500 }, () => MsgKey.newId()));
  expect(ids.every((id) => /^3EB0[0-9A-F]{18}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

import { expect, test } from 'vitest';
import type { AccountView } from '../../network/phone-view.ts';
import { addressesOf, currentChat, findChat, formatPhone, personName, readPhone, samePerson } from './people.ts';

const view: AccountView = {
  account: '900',
  phone: '551133334444',
  name: 'Padaria Sol',
  about: '',
  isBusiness: true,
  addressing: 'phone',
  online: true,
  devices: [],
  chats: [{ id: '700@lid', at: 1, unread: 2, title: 'Ana', typing: [] }],
  contacts: [
    { id: '700@lid', phone: '5511987654321@c.us', lid: '700@lid', name: 'Ana', isBusiness: false, isBlocked: false },
    { id: '701@lid', lid: '701@lid', pushName: 'Café Norte', isBusiness: false, isBlocked: false },
  ],
  labels: [],
  calls: [],
};

test.each([
  ['5511987654321', '+55 11 98765 4321'],
  ['551133334444', '+55 11 3333 4444'],
  ['15552476798', '+1 555 247 6798'],
  ['966501234567', '+966 50 123 4567'],
  ['1234567', '+1 23 4567'],
])('%s is shown as %s', (digits, shown) => {
  expect(formatPhone(digits)).toBe(shown);
});

test.each([
  ['+55 (11) 98765-4321', '5511987654321'],
  ['0055 11 98765 4321', '5511987654321'],
  ['\u202a+55 11 98765\u20114321\u202c', '5511987654321'],
  ['011 9876', undefined],
  ['12345', undefined],
  ['call me', undefined],
])('%j is read as %s', (typed, digits) => {
  expect(readPhone(typed)).toBe(digits);
});

test('a chat is found by either address of the person', () => {
  expect(currentChat(view, '5511987654321@c.us')).toBe('700@lid');
  expect(findChat(view, '5511987654321@c.us').unread).toBe(2);
});

test('a chat in which nothing was said yet has a name and nothing unread', () => {
  expect(findChat(view, '701@lid')).toMatchObject({ id: '701@lid', title: 'Café Norte', unread: 0 });
});

test('a stranger goes by the address that is known', () => {
  expect(personName(view, '15552476798@c.us')).toBe('+1 555 247 6798');
  expect(personName(view, '12345@lid')).toBe('~12345');
});

test('the two addresses of one person are one person, and so are those of the phone itself', () => {
  expect(samePerson(view, '5511987654321@c.us', '700@lid')).toBe(true);
  expect(samePerson(view, '551133334444@c.us', '900@lid')).toBe(true);
  expect(samePerson(view, '700@lid', '701@lid')).toBe(false);
  expect(addressesOf(view, ['900@lid', '700@lid'])).toEqual(['551133334444@c.us', '900@lid', '700@lid', '5511987654321@c.us']);
});

import { expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const setUp = () => {
  const made = openTestNetwork();
  const shop = made.phone('Shop', { business: { description: 'Tea', category: 'Shop' } });
  const customer = made.phone('Customer');
  const id = customer.text(shop.at, 'Hello');
  const [page, other] = [openPage(made.network, shop.account), openPage(made.network, shop.account)];
  const chat = () => made.network.view(shop.account).chats[0];
  return { ...made, shop, customer, id, page, other, chat };
};

test('what one device does to a chat, the phone and the other devices have, and nobody else', () => {
  const { page, other, customer, chat, clock, entries } = setUp();
  page.act('chat.archive', { chat: customer.at, archived: true });
  page.act('chat.pin', { chat: customer.at, pinned: true });
  page.act('chat.mute', { chat: customer.at, until: -1 });
  page.act('chat.markUnread', { chat: customer.at, unread: true });
  expect(chat()).toMatchObject({ archived: true, pinnedAt: Math.floor(clock.now().getTime() / 1_000), mutedUntil: -1, markedUnread: true });
  expect(other.of('chat')).toHaveLength(4);
  expect(other.of('chat').at(-1)).toMatchObject({ chat: { id: customer.at, archived: true, mutedUntil: -1, markedUnread: true } });
  expect(page.of('chat')).toEqual([]);
  expect(entries().filter(({ e }) => e === 'chat.changed')).toMatchObject(Array.from({ length: 4 }, () => ({ by: page.device })));
});

test('reading on one device reads on all, and takes the mark away', () => {
  const { page, other, shop, customer, id, chat } = setUp();
  shop.act('chat.markUnread', { chat: customer.at, unread: true });
  expect(chat()).toMatchObject({ unread: 1, markedUnread: true });
  page.act('message.read', { chat: customer.at });
  expect(chat()).toMatchObject({ unread: 0, markedUnread: false });
  expect(other.of('readSelf')).toEqual([{ s: 'readSelf', chat: customer.at, upTo: id, unread: 0 }]);
});

test('reading up to a message leaves the later ones unread', () => {
  const { shop, customer, id, chat } = setUp();
  customer.text(shop.at, 'Still there?');
  shop.act('message.read', { chat: customer.at, upTo: id });
  expect(chat()).toMatchObject({ unread: 1 });
  expect(customer.thread(shop.at).map(({ ack }) => ack)).toEqual([3, 2]);
  expect(() => shop.act('message.read', { chat: customer.at, upTo: 'NOSUCHMESSAGE' })).toThrow(/no message/);
});

test('a chat that is cleared for one stays whole for the other', () => {
  const { shop, customer, other, id, chat } = setUp();
  shop.act('message.star', { messages: [{ chat: customer.at, id }], starred: true });
  customer.text(shop.at, 'Not starred');
  shop.act('chat.clear', { chat: customer.at, keepStarred: true });
  expect(shop.texts(customer.at)).toEqual(['Hello']);
  expect(other.of('chat').at(-1)).toMatchObject({ cleared: true, keepStarred: true });
  shop.act('chat.clear', { chat: customer.at, keepStarred: false });
  expect(shop.texts(customer.at)).toEqual([]);
  expect(chat()).toMatchObject({ unread: 0 });
  expect(customer.texts(shop.at)).toEqual(['Hello', 'Not starred']);
});

test('a deleted chat is gone until the next message, which is all that it has', () => {
  const { shop, customer, other, chat } = setUp();
  shop.act('chat.delete', { chat: customer.at });
  expect(chat()).toBe(undefined);
  expect(other.of('chat').at(-1)).toMatchObject({ deleted: true });
  customer.text(shop.at, 'Once more');
  expect(chat()).toMatchObject({ unread: 1, last: { text: 'Once more' } });
  expect(shop.texts(customer.at)).toEqual(['Once more']);
});

test('in a chat whose messages disappear they go when their time is over, for both', () => {
  const { shop, customer, clock, other } = setUp();
  customer.act('chat.disappear', { chat: shop.at, after: 3_600 });
  shop.text(customer.at, 'Briefly');
  expect(shop.thread(customer.at).map(({ content, context }) => [content.kind, context?.disappearsAfter])).toEqual([['text', undefined], ['notice', undefined], ['text', 3_600]]);
  expect(other.of('chat').at(-1)).toMatchObject({ chat: { disappearsAfter: 3_600 } });
  clock.advance(3_600_000);
  for (const [one, there] of [[shop, customer.at], [customer, shop.at]] as const) expect(one.texts(there)).toEqual(['Hello']);
  customer.act('chat.disappear', { chat: shop.at, after: 0 });
  shop.text(customer.at, 'For good');
  expect(shop.thread(customer.at).at(-1)?.context).toBe(undefined);
});

test('a business begins with five labels, and puts them on chats', () => {
  const { shop, customer, page, chat } = setUp();
  expect(page.of('labels')[0]?.labels.map(({ name }) => name)).toEqual(['New customer', 'New order', 'Pending payment', 'Paid', 'Order complete']);
  const { id } = shop.act('label.save', { name: 'Wholesale', color: 7 });
  shop.act('label.assign', { chats: [customer.at], add: ['1', id], remove: [] });
  shop.act('label.assign', { chats: [customer.at], add: ['4'], remove: ['1'] });
  expect(chat()).toMatchObject({ labels: [id, '4'] });
  shop.act('label.save', { id, name: 'Retail', color: 7 });
  shop.act('label.remove', { id: '4' });
  expect(chat()).toMatchObject({ labels: [id] });
  expect(page.of('labels').at(-1)?.labels.map(({ name }) => name)).toEqual(['New customer', 'New order', 'Pending payment', 'Order complete', 'Retail'].toSorted((a, b) => (a === 'Retail' ? 1 : b === 'Retail' ? -1 : 0)));
  expect(() => shop.act('label.assign', { chats: [customer.at], add: ['99'], remove: [] })).toThrow(/no label 99/);
  expect(() => customer.act('label.save', { name: 'Mine', color: 1 })).toThrow(/business/);
});

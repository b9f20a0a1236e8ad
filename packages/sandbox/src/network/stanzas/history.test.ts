import { expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const settle = (page: ReturnType<typeof openPage>): void => {
  for (let count = -1; count < page.frames.length; ) {
    count = page.frames.length;
    page.keep();
  }
};

test('a new device is told all that its phone has, the chat of the last message first, each part when the one before is kept', () => {
  const { network, phone, clock } = openTestNetwork();
  const shop = phone('Shop');
  const [early, late] = [phone('Early'), phone('Late')];
  for (let index = 0; index < 700; index += 1) early.text(shop.at, `early ${index}`);
  clock.advance(60_000);
  for (let index = 0; index < 400; index += 1) late.text(shop.at, `late ${index}`);
  const page = openPage(network, shop.account, { keeps: false });
  expect(page.frames[0]).toMatchObject({ t: 'welcome', history: true, waiting: 3 });
  expect(page.of('history')).toHaveLength(1);
  settle(page);

  const parts = page.of('history').map(({ history }) => history);
  expect(parts.map(({ messages }) => messages.length)).toEqual([500, 500, 100]);
  expect(parts.map(({ progress, last }) => [progress, last])).toEqual([[33, false], [67, false], [100, true]]);
  expect(parts.map(({ chats }) => chats.map(({ id }) => id))).toEqual([[late.at, early.at], [], []]);
  expect(parts[0]?.contacts.map(({ id }) => id)).toEqual([early.at, late.at]);
  const texts = parts.flatMap(({ messages }) => messages.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : [])));
  expect(new Set(texts).size).toBe(1_100);
  expect(page.frames.at(-1)).toEqual({ t: 'offlineEnd' });
});

test('what happens while the history is under way comes after it, once', () => {
  const { network, phone } = openTestNetwork();
  const shop = phone('Shop');
  const customer = phone('Customer');
  for (let index = 0; index < 600; index += 1) customer.text(shop.at, `${index}`);
  const page = openPage(network, shop.account, { keeps: false });
  customer.text(shop.at, 'Now');
  settle(page);
  expect(page.stanzas().map(({ s }) => s)).toEqual(['history', 'history', 'message']);
  expect(page.messages()).toMatchObject([{ content: { text: 'Now' } }]);
  expect(page.of('history').flatMap(({ history }) => history.messages)).toHaveLength(600);
});

test('the history has groups with their members, and nothing of what was cleared, deleted or hidden', () => {
  const { network, phone } = openTestNetwork();
  const shop = phone('Shop');
  const [kept, cleared, gone] = [phone('Kept'), phone('Cleared'), phone('Gone')];
  const hidden = kept.text(shop.at, 'Hidden');
  const starred = cleared.text(shop.at, 'Starred');
  for (const customer of [kept, cleared, gone]) customer.text(shop.at, 'Hello');
  const { group } = kept.act('group.create', { subject: 'Regulars', participants: [shop.at, gone.at] });
  shop.act('message.hide', { messages: [{ chat: kept.at, id: hidden }] });
  shop.act('message.star', { messages: [{ chat: cleared.at, id: starred }], starred: true });
  shop.act('chat.clear', { chat: cleared.at, keepStarred: true });
  shop.act('chat.delete', { chat: gone.at });
  const page = openPage(network, shop.account);
  const [part] = page.of('history').map(({ history }) => history);
  expect(part?.groups).toMatchObject([{ id: group.id, subject: 'Regulars' }]);
  expect(part?.contacts.map(({ id }) => id).toSorted()).toEqual([shop.at, kept.at, cleared.at, gone.at].toSorted());
  expect(part?.chats.map(({ id }) => id).toSorted()).toEqual([group.id, kept.at, cleared.at].toSorted());
  expect(part?.messages.flatMap(({ content, starred: star }) => (content.kind === 'text' ? [[content.text, star]] : []))).toEqual([['Starred', true], ['Hello', undefined]]);
});

test('a phone that has nothing tells even that', () => {
  const { network, phone } = openTestNetwork();
  const page = openPage(network, phone('Shop').account);
  expect(page.of('history')).toEqual([{ s: 'history', history: { progress: 100, last: true, contacts: [], chats: [], groups: [], messages: [] } }]);
});

test('older messages are told by the phone as soon as it is online', () => {
  const { network, phone } = openTestNetwork();
  const shop = phone('Shop');
  const customer = phone('Customer');
  const ids = Array.from({ length: 30 }, (_, index) => customer.text(shop.at, `${index}`));
  const page = openPage(network, shop.account);
  shop.act('phone.online', { online: false });
  expect(page.act('message.older', { chat: customer.at, before: ids[20] ?? '', count: 5 })).toMatchObject({ ok: true });
  expect(page.of('history')).toHaveLength(1);
  shop.act('phone.online', { online: true });
  expect(page.of('history').at(-1)?.history.messages.map(({ key }) => key.id)).toEqual(ids.slice(15, 20));
});

test('a phone that is offline is asked for so much, and no more', () => {
  const { network, phone } = openTestNetwork();
  const [shop, customer] = [phone('Shop'), phone('Customer')];
  customer.text(shop.at, 'Hello');
  const page = openPage(network, shop.account);
  shop.act('phone.online', { online: false });
  const ask = () => page.act('message.older', { chat: customer.at, count: 1 });
  for (let count = 0; count < 10_000; count += 1) ask();
  expect(ask()).toMatchObject({ ok: false, code: 'too_many' });
  shop.act('phone.online', { online: true });
  expect(ask()).toMatchObject({ ok: true });
});

test('a phone that is offline links no device', () => {
  const { network, phone } = openTestNetwork();
  const shop = phone('Shop');
  shop.act('phone.online', { online: false });
  expect(() => openPage(network, shop.account)).toThrow(/offline/);
});

test('a device is told who somebody is before it hears of them, once', () => {
  const { network, phone } = openTestNetwork();
  const [shop, customer, other] = [phone('Shop'), phone('Customer', { business: { description: 'Roasts coffee', category: 'Roastery' } }), phone('Other')];
  const page = openPage(network, shop.account);
  customer.text(shop.at, 'Hello');
  customer.text(shop.at, 'Hello again');
  page.act('message.send', { chat: other.at, content: { kind: 'text', text: 'Hello, other' } });
  expect(page.stanzas().map(({ s }) => s)).toEqual(['history', 'contact', 'message', 'message', 'contact', 'receipt']);
  expect(page.of('contact')).toMatchObject([{ contact: { id: customer.at, lid: customer.lid, pushName: 'Customer', isBusiness: true } }, { contact: { id: other.at } }]);
});

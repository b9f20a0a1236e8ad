import { expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const setUp = () => {
  const made = openTestNetwork();
  const shop = made.phone('Shop');
  return { ...made, shop, page: openPage(made.network, shop.account) };
};

test('whoever goes by LID is written to at either address, and answers from the LID', () => {
  const { phone, shop, page } = setUp();
  const customer = phone('Customer', { addressing: 'lid' });
  page.act('message.send', { chat: customer.at, content: { kind: 'text', text: 'By number' } });
  page.act('message.send', { chat: customer.lid, content: { kind: 'text', text: 'By LID' } });
  customer.text(shop.at, 'Both came');
  expect(shop.texts(customer.lid)).toEqual(['By number', 'By LID', 'Both came']);
  expect(page.messages()).toMatchObject([{ key: { chat: customer.lid, fromMe: false }, from: customer.lid, to: shop.lid }]);
});

test('a hidden number is learned by nobody but who has saved it, and moves the chat then', () => {
  const { phone, shop, page, network } = setUp();
  const customer = phone('Customer', { hidesPhone: true });
  customer.text(shop.at, 'Guess who');
  expect(page.messages()).toMatchObject([{ from: customer.lid }]);
  expect(page.act('contact.get', { person: customer.lid })).toMatchObject({ value: { id: customer.lid, lid: customer.lid } });
  const told = JSON.stringify([page.frames, network.view(shop.account), network.thread(shop.account, customer.lid, { limit: 9 })]);
  expect(told).not.toContain(customer.at.slice(0, -5));

  shop.act('contact.save', { phone: customer.at.slice(0, -5), firstName: 'A', lastName: 'Customer' });
  expect(page.of('contact').at(-1)).toMatchObject({ contact: { id: customer.at, phone: customer.at, name: 'A Customer', firstName: 'A' }, previous: customer.lid });
  expect(network.view(shop.account).chats).toMatchObject([{ id: customer.at, title: 'A Customer' }]);
});

test('a chat that moves to another address is the same chat, and everyone who has it is told', () => {
  const { phone, shop, page, network } = setUp();
  const customer = phone('Customer');
  const stranger = phone('Stranger');
  const apart = openPage(network, stranger.account);
  customer.text(shop.at, 'Before');
  customer.act('phone.addressing', { addressing: 'lid' });
  customer.text(shop.at, 'After');
  expect(page.of('contact')).toMatchObject([{ contact: { id: customer.at, lid: customer.lid, pushName: 'Customer' } }, { contact: { id: customer.lid, phone: customer.at }, previous: customer.at }]);
  expect(page.messages().map(({ key }) => key.chat)).toEqual([customer.at, customer.lid]);
  expect(shop.texts(customer.lid)).toEqual(['Before', 'After']);
  expect(apart.of('contact')).toEqual([]);
});

test('a new number is told to whoever chats with it, with a notice, and the old one is nobody’s', () => {
  const { phone, shop, page, network } = setUp();
  const customer = phone('Customer');
  customer.text(shop.at, 'Before');
  const theirs = openPage(network, customer.account);
  customer.act('phone.changeNumber', { phone: '4917000000' });
  expect(page.of('contact').at(-1)).toMatchObject({ contact: { id: '4917000000@c.us' }, previous: customer.at });
  expect(shop.thread('4917000000@c.us').map(({ content }) => content)).toMatchObject([{ kind: 'text' }, { kind: 'notice', notice: { kind: 'number', from: customer.at, to: '4917000000@c.us' } }]);
  expect(customer.thread(shop.at)).toHaveLength(1);
  expect(theirs.frames).toContainEqual(expect.objectContaining({ t: 'me', me: expect.objectContaining({ phone: '4917000000@c.us', lid: customer.lid }) }));
  expect(() => shop.text(customer.at, 'Anybody?')).toThrow(/Nobody/);
  expect(phone('Newcomer', { phone: customer.at.slice(0, -5) }).at).toBe(customer.at);
  expect(() => shop.act('phone.changeNumber', { phone: '4917000000' })).toThrow(/taken/);
});

test('a note to oneself is read when it is written', () => {
  const { shop, page } = setUp();
  shop.text(shop.at, 'Buy milk');
  expect(page.messages()).toMatchObject([{ key: { chat: shop.at, fromMe: true }, from: shop.at, to: shop.at, ack: 3 }]);
});

test('people in what is quoted and mentioned go by the addresses of whoever reads it', () => {
  const { phone, shop, page } = setUp();
  const customer = phone('Customer', { addressing: 'lid' });
  const id = shop.text(customer.at, 'Which one?');
  customer.act('message.send', { chat: shop.at, content: { kind: 'text', text: 'The red one' }, context: { quoted: { id, author: shop.lid }, mentions: [customer.at] } });
  shop.act('message.revoke', { message: { chat: customer.at, id } });
  expect(page.messages()[1]).toMatchObject({ context: { quoted: { id, author: shop.lid }, mentions: [customer.lid] }, quotedContent: { kind: 'text', text: 'Which one?' } });
});

test('a private answer quotes what was said in a group of both', () => {
  const { phone, shop } = setUp();
  const customer = phone('Customer');
  const { group } = customer.act('group.create', { subject: 'Regulars', participants: [shop.at] });
  const id = customer.text(group.id, 'Who has tea?');
  shop.act('message.send', { chat: customer.at, content: { kind: 'text', text: 'We do' }, context: { quoted: { id, author: customer.at } } });
  expect(customer.thread(shop.at)).toMatchObject([{ quotedContent: { text: 'Who has tea?' } }]);
});

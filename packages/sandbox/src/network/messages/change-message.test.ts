import { expect, test } from 'vitest';
import type { Content } from '../../acts/contents.ts';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const setUp = () => {
  const made = openTestNetwork();
  const shop = made.phone('Shop');
  const customer = made.phone('Customer', { platform: 'iphone' });
  const page = openPage(made.network, shop.account);
  const send = (content: Content): string => customer.act('message.send', { chat: shop.at, content }).id;
  const last = () => shop.thread(customer.at).at(-1);
  return { ...made, shop, customer, page, send, last };
};
const media = { hash: 'a'.repeat(64), mimetype: 'image/jpeg', size: 1_000 };

test('what is edited says so to everyone, within a quarter of an hour and by its author only', () => {
  const { shop, customer, page, send, last, pass } = setUp();
  const id = send({ kind: 'text', text: 'Tuesday' });
  const message = { chat: shop.at, id };
  customer.act('message.edit', { message, text: 'Wednesday' });
  expect(last()).toMatchObject({ content: { text: 'Wednesday' }, editedAt: 1777622400 });
  expect(page.of('edited')).toMatchObject([{ key: { id, chat: customer.at, fromMe: false }, text: 'Wednesday' }]);
  expect(() => shop.act('message.edit', { message: { chat: customer.at, id }, text: 'Never' })).toThrow(/Only who wrote/);
  pass(15 * 60_000 + 1);
  expect(() => customer.act('message.edit', { message, text: 'Too late' })).toThrow(/15 minutes/);
});

test('a caption is edited where there was none, and a voice message is not', () => {
  const { shop, customer, send, last } = setUp();
  customer.act('message.edit', { message: { chat: shop.at, id: send({ kind: 'image', media }) }, text: 'A caption' });
  expect(last()).toMatchObject({ content: { kind: 'image', caption: 'A caption' } });
  expect(() => customer.act('message.edit', { message: { chat: shop.at, id: send({ kind: 'voice', media }) }, text: 'Words' })).toThrow(/texts and captions/);
});

test('what is deleted for everyone says nothing any more, and cannot be changed', () => {
  const { shop, customer, page, send, last } = setUp();
  const id = send({ kind: 'text', text: 'Oops' });
  expect(() => shop.act('message.revoke', { message: { chat: customer.at, id } })).toThrow(/Only who wrote/);
  customer.act('message.revoke', { message: { chat: shop.at, id } });
  expect(last()?.content).toEqual({ kind: 'revoked', by: customer.at });
  expect(page.of('revoked')).toMatchObject([{ key: { id }, by: customer.at }]);
  expect(() => customer.act('message.edit', { message: { chat: shop.at, id }, text: 'Again' })).toThrow(/deleted/);
});

test('what is hidden is gone for one and stays for the other', () => {
  const { shop, customer, page, send } = setUp();
  const id = send({ kind: 'text', text: 'Hello' });
  shop.act('message.hide', { messages: [{ chat: customer.at, id }] });
  expect(page.of('hidden')).toEqual([{ s: 'hidden', keys: [{ chat: customer.at, id, fromMe: false }] }]);
  expect(shop.texts(customer.at)).toEqual([]);
  expect(customer.texts(shop.at)).toEqual(['Hello']);
  expect(() => shop.act('message.react', { message: { chat: customer.at, id }, emoji: '👍' })).toThrow(/no message/);
});

test('one has one reaction, and takes it back with none', () => {
  const { shop, customer, page, send, last } = setUp();
  const message = { chat: shop.at, id: send({ kind: 'text', text: 'Hello' }) };
  customer.act('message.react', { message, emoji: '👍' });
  customer.act('message.react', { message, emoji: '❤️' });
  shop.act('message.react', { message: { ...message, chat: customer.at }, emoji: '😀' });
  expect(last()?.reactions?.map(({ from, emoji }) => [from, emoji])).toEqual([[customer.at, '❤️'], [shop.at, '😀']]);
  customer.act('message.react', { message, emoji: '' });
  expect(last()?.reactions).toHaveLength(1);
  expect(page.of('reacted').map(({ emoji }) => emoji)).toEqual(['👍', '❤️', '😀', '']);
});

test('a vote is for options that there are, one where the poll takes one', () => {
  const { shop, customer, send, last } = setUp();
  const message = { chat: shop.at, id: send({ kind: 'poll', question: 'When?', options: ['Today', 'Tomorrow'], several: false }) };
  customer.act('message.vote', { message, options: [1, 1] });
  expect(last()?.votes).toMatchObject([{ from: customer.at, options: [1] }]);
  expect(() => customer.act('message.vote', { message, options: [0, 1] })).toThrow(/takes one/);
  expect(() => customer.act('message.vote', { message, options: [2] })).toThrow(/there is no 2/);
  customer.act('message.vote', { message, options: [] });
  expect(last()?.votes).toBe(undefined);
});

test('an event is answered by anyone and changed by who made it', () => {
  const { shop, customer, page, send, last } = setUp();
  const event = { kind: 'event', name: 'Tasting', startAt: 1_800_000_000 } as const;
  const id = send(event);
  shop.act('message.respond', { message: { chat: customer.at, id }, response: 'going' });
  customer.act('message.editEvent', { message: { chat: shop.at, id }, event: { ...event, cancelled: true } });
  expect(last()).toMatchObject({ content: { cancelled: true }, responses: [{ from: shop.at, response: 'going' }] });
  expect(page.of('eventEdited')).toHaveLength(1);
  expect(() => shop.act('message.editEvent', { message: { chat: customer.at, id }, event })).toThrow(/Only who made/);
});

test('a pin holds for its time', () => {
  const { shop, customer, send, last, pass } = setUp();
  const message = { chat: shop.at, id: send({ kind: 'text', text: 'Open 9 to 6' }) };
  customer.act('message.pin', { message, forSeconds: 60 });
  expect(last()?.pinnedUntil).toBe(1777622460);
  pass(60_000);
  expect(last()?.pinnedUntil).toBe(undefined);
  expect(shop.texts(customer.at)).toEqual(['Open 9 to 6']);
});

test('what is forwarded is what it was, counted once more, and not what is to be seen once', () => {
  const { shop, customer, send, phone } = setUp();
  const other = phone('Other');
  const id = send({ kind: 'image', media, caption: 'Look' });
  const once = send({ kind: 'image', media, viewOnce: true });
  shop.act('message.forward', { messages: [{ chat: customer.at, id }], to: other.at });
  const [seen] = other.thread(shop.at);
  expect(seen).toMatchObject({ content: { kind: 'image', caption: 'Look' }, context: { forwardingScore: 1 } });
  other.act('message.forward', { messages: [{ chat: shop.at, id: seen?.key.id ?? '' }], to: customer.at });
  expect(customer.thread(other.at)).toMatchObject([{ context: { forwardingScore: 2 } }]);
  expect(() => shop.act('message.forward', { messages: [{ chat: customer.at, id }, { chat: customer.at, id: once }], to: other.at })).toThrow(/seen once/);
  expect(other.thread(shop.at)).toHaveLength(1);
});

test('who has it, has read it and has heard it is told to its author alone', () => {
  const { shop, customer, send, pass } = setUp();
  const id = send({ kind: 'voice', media });
  pass(5_000);
  shop.act('message.played', { message: { chat: customer.at, id } });
  expect(customer.act('message.info', { message: { chat: shop.at, id } })).toEqual({ delivered: [{ who: shop.at, at: 1777622400 }], read: [{ who: shop.at, at: 1777622405 }], played: [{ who: shop.at, at: 1777622405 }] });
  expect(customer.thread(shop.at)).toMatchObject([{ ack: 4 }]);
  expect(() => shop.act('message.info', { message: { chat: customer.at, id } })).toThrow(/Only who wrote/);
});

test('ids are made as the author’s phone makes them', () => {
  const { shop, customer, send } = setUp();
  expect(send({ kind: 'text', text: 'From an iPhone' })).toMatch(/^3A[0-9A-F]{18}$/);
  expect(shop.text(customer.at, 'From an Android')).toMatch(/^[0-9A-F]{32}$/);
});

test('whoever is blocked is not heard, and sees one tick for ever', () => {
  const { network, shop, customer, page, send } = setUp();
  shop.act('contact.block', { person: customer.at, blocked: true });
  const id = send({ kind: 'text', text: 'Do you hear me?' });
  const { id: call } = customer.act('call.offer', { to: shop.at, video: false });
  customer.act('phone.typing', { chat: shop.at, state: 'typing' });
  expect(() => shop.text(customer.at, 'No')).toThrow(/blocked/);
  shop.act('contact.block', { person: customer.at, blocked: false });
  expect(page.messages()).toEqual([]);
  expect(page.of('call')).toEqual([]);
  expect(page.frames.filter(({ t }) => t === 'live')).toEqual([]);
  expect(shop.texts(customer.at)).toEqual([]);
  expect(customer.thread(shop.at)).toMatchObject([{ key: { id }, ack: 1 }]);
  customer.act('call.end', { id: call });
  send({ kind: 'text', text: 'And now?' });
  expect(shop.texts(customer.at)).toEqual(['And now?']);
  expect(network.view(shop.account).chats).toMatchObject([{ unread: 1 }]);
});

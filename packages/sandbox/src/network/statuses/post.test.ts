import { expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const setUp = () => {
  const made = openTestNetwork();
  const [shop, customer] = [made.phone('Shop'), made.phone('Customer')];
  return { ...made, shop, customer, page: openPage(made.network, customer.account) };
};

test('a status is seen by whoever has its owner in the address book, and is no chat', () => {
  const { network, shop, customer, page, phone } = setUp();
  const stranger = phone('Stranger');
  shop.act('status.post', { content: { kind: 'text', text: 'Before they knew' } });
  customer.act('contact.save', { phone: shop.at.slice(0, -5), firstName: 'Shop' });
  shop.act('status.post', { content: { kind: 'text', text: 'On holiday' } });
  expect(page.messages()).toMatchObject([{ key: { chat: 'status@broadcast', fromMe: false, participant: shop.at }, from: 'status@broadcast', content: { text: 'On holiday' } }]);
  expect(customer.texts('status@broadcast')).toEqual(['On holiday']);
  expect(stranger.texts('status@broadcast')).toEqual([]);
  expect(network.view(customer.account).chats).toEqual([]);
  customer.act('message.read', { chat: 'status@broadcast' });
  expect(shop.thread('status@broadcast').map(({ ack }) => ack)).toEqual([1, 3]);
});

test('a channel’s post comes to its followers as the channel’s, and only its owner posts', () => {
  const { network, shop, customer, page } = setUp();
  const post = { channel: '120363000000001@newsletter', name: 'News', followers: [customer.at], content: { kind: 'text', text: 'Market on Saturday' } } as const;
  shop.act('channel.post', { ...post, followers: [...post.followers] });
  shop.act('channel.post', { ...post, followers: [] });
  expect(page.of('channel')).toMatchObject([{ channel: post.channel, name: 'News', message: { content: { text: 'Market on Saturday' }, from: post.channel } }, {}]);
  expect(network.view(customer.account).chats).toEqual([]);
  expect(() => customer.act('channel.post', { ...post, followers: [] })).toThrow(/owner/);
});

test('a call rings on both sides until it ends, and leaves a notice', () => {
  const { network, shop, customer, page } = setUp();
  const { id } = shop.act('call.offer', { to: customer.at, video: true });
  expect(page.of('call')).toMatchObject([{ call: { id, from: shop.at, video: true, group: false, outgoing: false, state: 'ringing', participants: [customer.at] } }]);
  expect(network.view(customer.account).calls).toEqual([{ id, from: shop.at, name: 'Shop', video: true }]);
  expect(network.view(shop.account).calls).toEqual([{ id, from: customer.at, name: 'Customer', video: true, outgoing: true }]);
  page.act('call.reject', { caller: shop.at, id });
  expect(page.of('call').at(-1)).toMatchObject({ call: { state: 'ended' } });
  expect(shop.thread(customer.at).map(({ content }) => content)).toEqual([{ kind: 'notice', notice: { kind: 'call', outcome: 'rejected', video: true } }]);
  expect(() => customer.act('call.end', { id })).toThrow(/No call/);
});

test.each([['shop', 'missed'], ['customer', 'answered']] as const)('a call that the %s ends was %s', (who, outcome) => {
  const made = setUp();
  const { id } = made.shop.act('call.offer', { to: made.customer.at, video: false });
  made[who].act('call.end', { id });
  expect(made.customer.thread(made.shop.at)).toMatchObject([{ content: { notice: { outcome } } }]);
  expect(made.entries().find(({ e }) => e === 'call.ended')).toMatchObject({ how: outcome });
});

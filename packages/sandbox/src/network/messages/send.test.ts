import { expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

test('a message reaches the phone and every device of the other, and the other devices of its author', () => {
  const { network, phone } = openTestNetwork();
  const shop = phone('Shop');
  const customer = phone('Customer');
  const [one, two] = [openPage(network, shop.account), openPage(network, shop.account)];
  const theirs = openPage(network, customer.account);

  const sent = one.act('message.send', { chat: customer.at, id: 'ABCDEF0123456789', content: { kind: 'text', text: 'Hello' } });

  expect(sent).toEqual({ ok: true, value: { id: 'ABCDEF0123456789', at: 1777622400 } });
  expect(one.messages()).toEqual([]);
  expect(two.messages()).toMatchObject([{ key: { chat: customer.at, id: 'ABCDEF0123456789', fromMe: true }, from: shop.at, to: customer.at, content: { kind: 'text', text: 'Hello' } }]);
  expect(theirs.messages()).toMatchObject([{ key: { chat: shop.at, fromMe: false }, from: shop.at, to: customer.at, pushName: 'Shop', ack: 1 }]);
  expect(customer.texts(shop.at)).toEqual(['Hello']);
  expect(shop.thread(customer.at)).toMatchObject([{ ack: 2 }]);
});

test('the same id twice from the same author is one message', () => {
  const { phone, entries } = openTestNetwork();
  const shop = phone('Shop');
  const customer = phone('Customer');
  const args = { chat: shop.at, id: 'ABCDEF0123456789', content: { kind: 'text', text: 'Once' } } as const;
  expect(customer.act('message.send', args)).toEqual(customer.act('message.send', args));
  expect(shop.texts(customer.at)).toEqual(['Once']);
  expect(entries().filter(({ e }) => e === 'message.sent')).toHaveLength(1);
});

test('ticks go up as the other has it and reads it, on whichever device', () => {
  const { network, phone } = openTestNetwork();
  const shop = phone('Shop');
  const customer = phone('Customer');
  const page = openPage(network, shop.account, { keeps: false });
  const theirs = openPage(network, customer.account);
  shop.act('phone.online', { online: false });

  const id = customer.text(shop.at, 'Are you open?');
  expect(customer.thread(shop.at)).toMatchObject([{ ack: 1 }]);
  page.keep();
  expect(customer.thread(shop.at)).toMatchObject([{ ack: 2 }]);
  page.act('message.read', { chat: customer.at });
  expect(customer.thread(shop.at)).toMatchObject([{ ack: 3 }]);
  expect(theirs.of('receipt')).toEqual([
    { s: 'receipt', chat: shop.at, ids: [id], from: shop.at, ack: 2, at: 1777622400 },
    { s: 'receipt', chat: shop.at, ids: [id], from: shop.at, ack: 3, at: 1777622400 },
  ]);
});

test('a phone that was offline has everything in order once it is back, and showed nothing of it before', () => {
  const { phone } = openTestNetwork();
  const shop = phone('Shop');
  const customer = phone('Customer');
  shop.act('phone.online', { online: false });
  for (const text of ['1', '2', '3']) customer.text(shop.at, text);
  expect(shop.texts(customer.at)).toEqual([]);
  expect(customer.thread(shop.at).map(({ ack }) => ack)).toEqual([1, 1, 1]);
  shop.act('phone.online', { online: true });
  expect(shop.texts(customer.at)).toEqual(['1', '2', '3']);
  expect(customer.thread(shop.at).map(({ ack }) => ack)).toEqual([2, 2, 2]);
});

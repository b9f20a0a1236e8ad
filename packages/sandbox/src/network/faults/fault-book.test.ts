import { expect, test } from 'vitest';
import { SandboxRefusal } from '../refusal.ts';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const setUp = () => {
  const made = openTestNetwork();
  const shop = made.phone('Shop');
  const customer = made.phone('Customer');
  return { ...made, shop, customer, page: openPage(made.network, shop.account) };
};

test('a device’s faults go over its account’s, and those over everyone’s', () => {
  const { network, shop, page } = setUp();
  network.setFaults('everyone', { slowMs: 1, deaf: true, syncMs: 1 });
  network.setFaults({ account: shop.account }, { slowMs: 2, syncMs: 2 });
  network.setFaults({ device: page.device }, { slowMs: 3 });
  expect(network.faultsFor(page.device)).toEqual({ slowMs: 3, syncMs: 2, deaf: true });
  network.clearFaults({ device: page.device });
  expect(network.faultsFor(page.device)).toEqual({ slowMs: 2, syncMs: 2, deaf: true });
  network.clearFaults('everyone');
  expect(network.faultsFor(page.device)).toEqual({ slowMs: 2, syncMs: 2 });
});

test('a page is told of its manners when a fault changes them', () => {
  const { network, page } = setUp();
  network.setFaults('everyone', { offlineBeforeSync: false, syncMs: 900, stateOnLogout: 'UNPAIRED', messagesInMemory: 3, noLid: true });
  expect(page.frames.at(-1)).toEqual({ t: 'manners', manners: { offlineBeforeSync: false, syncMs: 900, stateOnLogout: 'UNPAIRED', messagesInMemory: 3, noLid: true } });
});

test('faults that there are not are refused', () => {
  const { network } = setUp();
  expect(() => network.setFaults('everyone', { slowMs: -1 })).toThrow(SandboxRefusal);
});

test('a message that a device cannot read is filled by the phone after a while, and is whole on the phone', () => {
  const { network, shop, customer, page, pass } = setUp();
  network.setFaults('everyone', { ciphertextMs: 300, ciphertextSubtype: 'fanout' });
  const id = customer.text(shop.at, 'Secret');
  expect(page.messages()).toMatchObject([{ key: { id }, content: { kind: 'ciphertext', subtype: 'fanout' } }]);
  expect(shop.texts(customer.at)).toEqual(['Secret']);
  pass(299);
  expect(page.of('filled')).toEqual([]);
  pass(1);
  expect(page.of('filled')).toMatchObject([{ message: { key: { id }, content: { kind: 'text', text: 'Secret' } } }]);
});

test('what the phone owes a device is told once it is online again, however often the device logs in meanwhile', () => {
  const { network, shop, customer, page, pass } = setUp();
  page.close();
  network.setFaults('everyone', { ciphertextMs: 10 });
  const silent = openPage(network, shop.account, { keeps: false });
  customer.text(shop.at, 'Secret');
  silent.keep();
  silent.login();
  silent.login();
  shop.act('phone.online', { online: false });
  pass(10);
  expect(silent.of('filled')).toEqual([]);
  shop.act('phone.online', { online: true });
  silent.keep();
  expect(silent.of('filled')).toHaveLength(1);
});

test('a message that is never filled is not, even when it is asked for', () => {
  const { network, shop, customer, page, pass } = setUp();
  network.setFaults('everyone', { ciphertextMs: -1 });
  const id = customer.text(shop.at, 'Lost');
  pass(600_000);
  page.act('message.resend', { messages: [{ chat: customer.at, id }] });
  expect(page.of('filled')).toEqual([]);
  network.clearFaults('everyone');
  page.act('message.resend', { messages: [{ chat: customer.at, id }] });
  expect(page.of('filled')).toMatchObject([{ message: { content: { text: 'Lost' } } }]);
});

test('while the server gives no ticks a message arrives without one, and they come when it does again', () => {
  const { network, shop, customer, page } = setUp();
  network.setFaults({ account: shop.account }, { noServerTick: true });
  page.say({ t: 'act', id: 77, name: 'message.send', args: { chat: customer.at, id: 'ABCDEF0123456789', content: { kind: 'text', text: 'Hello' } } });
  expect(customer.texts(shop.at)).toEqual(['Hello']);
  expect(page.frames.filter(({ t }) => t === 'result')).toEqual([]);
  expect(page.of('receipt').flatMap(({ ids }) => ids)).toEqual([]);
  network.clearFaults({ account: shop.account });
  expect(page.frames.filter(({ t }) => t === 'result')).toMatchObject([{ id: 77, result: { ok: true } }]);
  expect(page.of('receipt').flatMap(({ ids, ack }) => ids.map((id) => [id, ack]))).toEqual([['ABCDEF0123456789', 2]]);
});

test('faults are no part of the ledger', () => {
  const { network, entries } = setUp();
  const before = entries().length;
  network.setFaults('everyone', { deaf: true });
  network.clearFaults('everyone');
  expect(entries()).toHaveLength(before);
});

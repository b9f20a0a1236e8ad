import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chat } from '@waxos/contract/node-link/identities';
import { linkDriven, type Driven } from './testing/drive.ts';

let ids = 0;
const newId = (): string => `3EB0${String(++ids).padStart(18, '0')}`;
const soon = (): number => Date.now() + 60_000;

inOneChromium((chromium) => {
  let [world, shop, driven]: [World, Phone, Driven] = [] as never;
  const chatWith = (phone: Phone): Chat => ({ kind: 'person', person: { phone: phone.number, lid: phone.account } });

  beforeAll(async () => {
    world = await openWorld();
    shop = world.newPhone();
    driven = await linkDriven(world, shop, { chromium });
  });
  afterAll(async () => {
    await driven?.close();
    await world?.close();
  });

  test('ready says who this is, by both addresses, and in which build', () => {
    expect(driven.all('ready')).toEqual([{ type: 'ready', me: { phone: shop.number, lid: shop.account }, pushName: shop.name, platform: expect.any(String), build: expect.stringMatching(/^2\./) }]);
    expect(driven.all('broken')).toEqual([]);
  });

  test('a text comes in with both addresses of its sender, once', async () => {
    const customer = world.newPhone();
    const id = customer.say(shop.address, 'Hello?');
    const { message } = await driven.until('message.seen', (event) => event.message.key.id === id);
    expect(message).toMatchObject({ key: { chat: chatWith(customer), fromMe: false, id }, content: { kind: 'text', text: 'Hello?' }, pushName: customer.name });
    expect(message.order).toBeGreaterThan(0);
    await driven.driver.ping();
    expect(driven.all('message.seen').filter((event) => event.message.key.id === id)).toHaveLength(1);
  });

  test('a text goes out under the id it was given, and its ticks are told', async () => {
    const customer = world.newPhone();
    const id = newId();
    await driven.driver.send({ chat: chatWith(customer), id, content: { kind: 'text', text: 'Here you are.' }, notAfter: soon() });
    await customer.untilText(shop.address, 'Here you are.');
    expect(world.ledger('message.sent', (entry) => entry.id === id)).toHaveLength(1);
    await driven.until('message.acked', (event) => event.key.id === id && event.ack === 2);
    expect(await driven.driver.find(chatWith(customer), id)).toMatchObject({ ack: expect.any(Number) });
    expect(await driven.driver.find(chatWith(customer), newId())).toBeUndefined();
  });

  test('the same id sent again is one message, and a send that is too late is none', async () => {
    const customer = world.newPhone();
    const [id, late] = [newId(), newId()];
    const wanted = { chat: chatWith(customer), id, content: { kind: 'text', text: 'Once.' } as const, notAfter: soon() };
    await driven.driver.send(wanted);
    await driven.driver.send(wanted);
    await expect(driven.driver.send({ ...wanted, id: late, notAfter: Date.now() - 1 })).rejects.toMatchObject({ reason: 'too_late' });
    expect(world.ledger('message.sent', (entry) => entry.id === id || entry.id === late)).toHaveLength(1);
  });
});

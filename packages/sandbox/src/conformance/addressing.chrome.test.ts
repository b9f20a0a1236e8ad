import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a customer who goes by LID writes from it, and the number is found by asking', async () => {
    const customer = shop.customer({ addressing: 'lid' });
    const message = await receive(shop, customer, 'hello');
    expect(message.from).toBe(customer.byLid);
    expect(await shop.client.getContactLidAndPhone([message.from])).toEqual([{ lid: customer.byLid, pn: customer.byPhone }]);
    await shop.client.sendMessage(customer.byLid, 'By LID.');
    await customer.untilText(shop.phone.address, 'By LID.');
    await shop.client.sendMessage(customer.byPhone, 'By number.');
    await customer.untilText(shop.phone.address, 'By number.');
    expect(customer.thread(shop.phone.address)).toHaveLength(3);
  });

  test('a customer who hides the number is known by LID alone', async () => {
    const customer = shop.customer({ addressing: 'lid', hidesPhone: true });
    const message = await receive(shop, customer, 'hello');
    expect(message.from).toBe(customer.byLid);
    const [both] = await shop.client.getContactLidAndPhone([customer.byLid]);
    expect(both?.pn).toBeUndefined();
    await message.reply('Gladly.');
    await customer.untilText(shop.phone.address, 'Gladly.');
  });

  test('a customer whose chat moves from number to LID is answered there, and stays one contact', async () => {
    const customer = shop.customer({ addressing: 'phone' });
    expect((await receive(shop, customer, 'from my number')).from).toBe(customer.byPhone);
    customer.act('phone.addressing', { addressing: 'lid' });
    const message = await receive(shop, customer, 'from my LID');
    expect(message.from).toBe(customer.byLid);
    expect(await shop.client.getContactLidAndPhone([message.from])).toEqual([{ lid: customer.byLid, pn: customer.byPhone }]);
    await message.reply('Still you.');
    await customer.untilText(shop.phone.address, 'Still you.');
    const chat = await message.getChat();
    expect((await chat.fetchMessages({ limit: 10 })).map(({ body }) => body)).toEqual(expect.arrayContaining(['from my LID', 'Still you.']));
  });

  test('a customer who changes the number is told with the old and the new one', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    shop.phone.act('contact.save', { phone: customer.number, firstName: 'Regular' });
    customer.act('phone.changeNumber', { phone: '4915599999901' });
    const [message, oldId, , isContact] = await shop.ear.until('contact_changed', (_message, _old, next) => next === '4915599999901@c.us');
    expect([oldId, isContact]).toEqual([customer.byPhone, true]);
    expect(String(message.type)).toBe('notification_template');
    expect(shop.world.ledger('account.changed', ({ account, phone }) => account === customer.account && phone !== undefined)).toMatchObject([{ phone: '4915599999901' }]);
    const id = customer.say(shop.phone.address, 'My new number.');
    const [told] = await shop.ear.until('message', (one) => one.id.id === id);
    expect(told.from).toBe('4915599999901@c.us');
    await waitFor(async () => ((await shop.client.isRegisteredUser(customer.byPhone)) ? undefined : true), { timeoutMs: 5_000, what: 'the old number to be nobody’s' });
  });

  test('while LIDs cannot be asked for, a send to somebody new fails and one to somebody known goes through (upstream #3702)', async () => {
    const [known, stranger] = [shop.customer(), shop.customer({ addressing: 'lid' })];
    shop.world.setFaults({ noLid: true });
    await receive(shop, known, 'hello');
    await expect(shop.client.sendMessage(stranger.byPhone, 'Hello, stranger.')).rejects.toThrow('No LID for user');
    await shop.client.sendMessage(known.address, 'Hello again.');
    await known.untilText(shop.phone.address, 'Hello again.');
    shop.world.clearFaults();
    await receive(shop, known, 'Thank you.');
    await shop.client.sendMessage(stranger.byPhone, 'Hello, stranger.');
    await stranger.untilText(shop.phone.address, 'Hello, stranger.');
  });
});

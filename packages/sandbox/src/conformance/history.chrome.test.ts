import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import { receive } from './testing/talk.ts';
import { inEachChromium, inOneChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';
import { openWorld } from './testing/world.ts';

inEachChromium((chromium) => {
  test('what was said before the link is in the chats after it, and none of it is told', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    customer.say(shop.address, 'asked');
    shop.say(customer.address, 'answered');
    const device = await world.link(shop, chromium);
    onTestFinished(() => device.close());
    const chat = await waitFor(
      async () => (await device.client.getChats()).find(({ id, lastMessage }) => id._serialized === customer.address && lastMessage?.body === 'answered'),
      { timeoutMs: 10_000, what: 'the history' },
    );
    expect((await chat.fetchMessages({ limit: 10 })).map(({ body, fromMe }) => [body, fromMe])).toEqual([['asked', false], ['answered', true]]);
    const last = customer.say(shop.address, 'and now');
    await device.ear.until('message', ({ id }) => id.id === last);
    expect(device.ear.all('message').map(([{ body }]) => body)).toEqual(['and now']);
  });
});

inOneChromium((chromium) => {
  test('of twenty thousand messages in a hundred chats none is lost on the way into a new device', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const shop = world.newPhone();
    const customers = Array.from({ length: 100 }, () => world.newPhone());
    for (const customer of customers) for (let index = 0; index < 200; index += 1) (index % 2 === 0 ? customer : shop).say((index % 2 === 0 ? shop : customer).address, `${customer.number} ${index}`);
    const device = await world.link(shop, chromium);
    onTestFinished(() => device.close());
    await waitFor(async () => ((await device.client.getChats()).length >= customers.length ? true : undefined), { timeoutMs: 30_000, what: 'a hundred chats' });
    let found = 0;
    for (const customer of customers) {
      const chat = await device.client.getChatById(customer.address);
      const bodies = await waitFor(
        async () => {
          const messages = (await chat.fetchMessages({ limit: 300 })).map(({ body }) => body);
          return messages.length >= 200 ? messages : undefined;
        },
        { timeoutMs: 30_000, what: `the history of ${customer.number}` },
      );
      expect(bodies).toEqual(Array.from({ length: 200 }, (_, index) => `${customer.number} ${index}`));
      found += bodies.length;
    }
    expect(found).toBe(world.ledger('message.sent').length);
  }, 180_000);
});

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('older messages of a chat are asked of the phone', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    expect(typeof (await shop.client.syncHistory(customer.address))).toBe('boolean');
    const chat = await shop.client.getChatById(customer.address);
    expect(await chat.syncHistory()).toBe(await shop.client.syncHistory(customer.address));
    expect((await chat.fetchMessages({ limit: 10 })).map(({ body }) => body)).toEqual(['hello']);
    expect(customer.thread(shop.phone.address)).toHaveLength(1);
  });
});

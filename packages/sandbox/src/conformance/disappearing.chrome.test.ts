import { expect, test } from 'vitest';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

const day = 86_400;

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('in a chat whose messages disappear, a message that comes is marked so', async () => {
    const customer = shop.customer();
    expect((await receive(shop, customer, 'Stays.')).isEphemeral).toBeFalsy();
    customer.act('chat.disappear', { chat: shop.phone.address, after: day });
    const message = await receive(shop, customer, { text: 'Goes.', context: { disappearsAfter: day } });
    expect(message.isEphemeral).toBe(true);
    expect(message.rawData).toMatchObject({ ephemeralDuration: day });
    expect(shop.world.ledger('chat.disappears', ({ who }) => who === customer.account)).toMatchObject([{ after: day }]);
  });

  test('what the client sends there disappears too, until that is turned off', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    shop.phone.act('chat.disappear', { chat: customer.address, after: day });
    customer.act('chat.disappear', { chat: shop.phone.address, after: day });
    await receive(shop, customer, { text: 'It is on.', context: { disappearsAfter: day } });
    await shop.client.sendMessage(customer.address, 'Briefly.');
    expect((await customer.untilText(shop.phone.address, 'Briefly.')).context?.disappearsAfter).toBe(day);
    customer.act('chat.disappear', { chat: shop.phone.address, after: 0 });
    await receive(shop, customer, 'It is off.');
    await shop.client.sendMessage(customer.address, 'For good.');
    expect((await customer.untilText(shop.phone.address, 'For good.')).context?.disappearsAfter ?? 0).toBe(0);
  });
});

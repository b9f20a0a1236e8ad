import { expect, test } from 'vitest';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a call is told with who calls, and can be rejected', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'I shall call you.');
    const { id } = customer.act('call.offer', { to: shop.phone.address, video: true });
    const [call] = await shop.ear.until('call', (one) => one.id === id);
    expect(call).toMatchObject({ isVideo: true, isGroup: false, fromMe: false });
    expect(JSON.stringify(call.from)).toContain(customer.address);
    await call.reject();
    expect(await shop.world.untilLedger('call.ended', (entry) => entry.id === id)).toMatchObject({ how: 'rejected' });
    expect(customer.view().calls).toEqual([]);
  });

  test('a call that nobody takes is missed, and leaves a notice that is no message', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    const { id } = customer.act('call.offer', { to: shop.phone.address, video: false });
    await shop.ear.until('call', (one) => one.id === id && !one.isVideo);
    customer.act('call.end', { id });
    const [notice] = await shop.ear.until('message_create', ({ type, from }) => String(type) === 'call_log' && from === customer.address);
    expect(notice.hasMedia).toBe(false);
    expect(shop.world.ledger('call.ended', (entry) => entry.id === id)).toMatchObject([{ how: 'missed' }]);
    const chat = await shop.client.getChatById(customer.address);
    expect((await chat.fetchMessages({ limit: 10 })).filter(({ type }) => String(type) === 'chat')).toHaveLength(1);
  });

  test('a link to a call is made', async () => {
    const link = await shop.client.createCallLink(new Date('2031-01-01T12:00:00Z'), 'video');
    expect(link).toMatch(/^https:\/\/call\.whatsapp\.com\/video\/\w+/);
    await expect(shop.client.createCallLink(new Date(), 'smoke')).rejects.toThrow('callType');
  });
});

import { expect, test } from 'vitest';
import { waitFor } from '@waxos/process/poll';
import { receive } from './testing/talk.ts';
import { inOneChromium } from './testing/test-chromium.ts';
import { useShop, type Shop } from './testing/use-shop.ts';

/** What the page shows of a chat: the library never asks, and other hosts read it there. */
const stateOf = (shop: Shop, chat: string): Promise<{ type?: string; online: boolean; t?: number }> =>
  shop.device.ask(`(() => { const { chatstate, isOnline } = window.require('WAWebCollections').Chat.get('${chat}').presence; return { type: chatstate.type, online: isOnline, t: chatstate.t }; })()`);
const untilType = (shop: Shop, chat: string, type: string | undefined): Promise<unknown> =>
  waitFor(async () => ((await stateOf(shop, chat)).type === type ? true : undefined), { timeoutMs: 5_000, what: `${type} in the page` });
const subscribe = (shop: Shop, chat: string): Promise<unknown> => shop.device.ask(`window.require('WAWebCollections').Chat.get('${chat}').presence.subscribe()`);

inOneChromium((chromium) => {
  for (const addressing of ['phone', 'lid'] as const) {
    const shop = useShop(chromium, { order: { offlineBeforeSync: true, addressing } });

    test(`a page that has asked about a person sees them come, type, record and go, by ${addressing}`, async () => {
      const customer = shop.customer();
      await receive(shop, customer, 'Hello.');
      await subscribe(shop, customer.address);
      expect(await stateOf(shop, customer.address)).toEqual({ online: false });
      customer.act('phone.present', { available: true });
      await untilType(shop, customer.address, 'available');
      customer.act('phone.typing', { chat: shop.phone.address, state: 'typing' });
      await untilType(shop, customer.address, 'composing');
      customer.act('phone.typing', { chat: shop.phone.address, state: 'recording' });
      await untilType(shop, customer.address, 'recording');
      customer.act('phone.present', { available: false });
      await untilType(shop, customer.address, 'unavailable');
      const { online, t = 0 } = await stateOf(shop, customer.address);
      expect([online, Math.abs(t - Date.now() / 1_000) < 60]).toEqual([false, true]);
    });

    test(`a page that has not asked sees nothing, and one that asks late sees how it is, by ${addressing}`, async () => {
      const customer = shop.customer();
      customer.act('phone.present', { available: true });
      await receive(shop, customer, 'Hello.');
      customer.act('phone.typing', { chat: shop.phone.address, state: 'typing' });
      await receive(shop, customer, 'Here I am.');
      expect(await stateOf(shop, customer.address)).toEqual({ online: false });
      await subscribe(shop, customer.address);
      expect(await stateOf(shop, customer.address)).toMatchObject({ type: 'available', online: true });
    });
  }
});

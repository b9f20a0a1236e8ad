import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import type { BusinessContact } from 'whatsapp-web.js';
import { asMedia, picture } from './testing/samples.ts';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

const jpeg = picture([200, 100, 50], 64, 64).bytes.toString('base64');

inEachChromium((chromium) => {
  const shop = useShop(chromium, { shop: { business: { description: 'Tea and teapots', category: 'Shop', website: ['https://example.com'], email: 'shop@example.com', address: 'Main Street 2' }, platform: 'android' } });

  test('the shop’s name and words about itself are changed for everyone', async () => {
    const customer = shop.customer();
    expect(await shop.client.setDisplayName('Teahouse')).toBe(true);
    await shop.client.setStatus('Closed on Mondays');
    await waitFor(() => (shop.phone.view().name === 'Teahouse' && shop.phone.view().about === 'Closed on Mondays' ? true : undefined), { timeoutMs: 5_000, what: 'the new name and words' });
    expect(customer.act('contact.about', { person: shop.phone.address })).toEqual({ about: 'Closed on Mondays' });
    expect(customer.act('contact.get', { person: shop.phone.address }).pushName).toBe('Teahouse');
  });

  test('the shop’s picture is set and removed', async () => {
    const customer = shop.customer();
    expect(await shop.client.setProfilePicture(asMedia(picture([20, 20, 90], 200, 100)))).toBe(true);
    const shown = customer.act('picture.get', { of: shop.phone.address });
    expect(shown?.url).toContain('/pictures/');
    expect(await shop.client.deleteProfilePicture()).toBe(true);
    expect(customer.act('picture.get', { of: shop.phone.address })).toBeNull();
  });

  test('a customer’s picture is found where there is one', async () => {
    const customer = shop.customer();
    const contact = await (await receive(shop, customer, 'hello')).getContact();
    expect(await contact.getProfilePicUrl()).toBeUndefined();
    customer.act('picture.set', { of: customer.address, small: jpeg, large: jpeg });
    const url = await contact.getProfilePicUrl();
    expect(url).toMatch(/^https:/);
    expect(await shop.client.getProfilePicUrl(customer.address)).toBe(url);
    const bytes = await shop.device.ask<number>(`fetch(${JSON.stringify(url)}).then((answer) => answer.arrayBuffer()).then(({ byteLength }) => byteLength)`);
    expect(bytes).toBe(Buffer.from(jpeg, 'base64').length);
  });

  test('a business shows its profile', async () => {
    const business = shop.customer({ business: { description: 'Roasts coffee', category: 'Roastery', website: ['https://example.com/roast'], email: 'roast@example.com', address: 'Harbour 1' } });
    const contact = (await (await receive(shop, business, 'Beans?')).getContact()) as BusinessContact;
    expect(contact.isBusiness).toBe(true);
    expect(contact.businessProfile).toMatchObject({ description: 'Roasts coffee', email: 'roast@example.com', website: ['https://example.com/roast'], address: 'Harbour 1' });
    expect(contact.businessProfile.categories.map((one) => one.localized_display_name)).toEqual(['Roastery']);
    expect(shop.phone.act('contact.business', { person: business.address })).toMatchObject({ description: 'Roasts coffee' });
  });

  test('a note on a customer is kept, and changed', async () => {
    const customer = shop.customer();
    const chat = await (await receive(shop, customer, 'hello')).getChat();
    await chat.addOrEditCustomerNote('Likes green tea');
    await shop.world.untilLedger('contact.changed', ({ person, note }) => person === customer.account && note === 'Likes green tea');
    expect(await chat.getCustomerNote()).toMatchObject({ content: 'Likes green tea', type: 'unstructured' });
    await shop.client.addOrEditCustomerNote(customer.address, 'Likes black tea');
    await shop.world.untilLedger('contact.changed', ({ person, note }) => person === customer.account && note === 'Likes black tea');
    const note = await shop.client.getCustomerNote(customer.address);
    expect([note.content, note.chatId]).toEqual(['Likes black tea', customer.address]);
  });
});

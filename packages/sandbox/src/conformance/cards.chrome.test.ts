import { expect, test } from 'vitest';
import whatsapp from 'whatsapp-web.js';
import { receive, untilKind } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

const vcardOf = (name: string, number: string): string => `BEGIN:VCARD\nVERSION:3.0\nN:;${name};;;\nFN:${name}\nTEL;type=CELL;waid=${number}:+${number}\nEND:VCARD`;

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a place goes both ways with its coordinates, name, address and link', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, { kind: 'location', latitude: 53.5, longitude: -9.25, name: 'The mill', address: 'Mill Lane 1', url: 'https://example.com/mill' });
    expect(message.type).toBe('location');
    expect(message.location).toMatchObject({ latitude: 53.5, longitude: -9.25, name: 'The mill', address: 'Mill Lane 1' });
    await shop.client.sendMessage(customer.address, new whatsapp.Location(48.1, 11.5, { name: 'The shop', address: 'Main Street 2', url: 'https://example.com/shop' }));
    const seen = await customer.until(shop.phone.address, ({ content, key }) => content.kind === 'location' && !key.fromMe, 'a place from the shop');
    expect(seen.content).toMatchObject({ latitude: 48.1, longitude: 11.5, name: 'The shop', address: 'Main Street 2', url: 'https://example.com/shop' });
  });

  test('a contact card that a customer sends is told as its vCard, several as theirs', async () => {
    const customer = shop.customer();
    const [one, two] = [vcardOf('Mill', '4915700000001'), vcardOf('Bakery', '4915700000002')];
    expect(await receive(shop, customer, { kind: 'contacts', cards: [{ name: 'Mill', vcard: one }] })).toMatchObject({ type: 'vcard', vCards: [one] });
    const both = { kind: 'contacts' as const, cards: [{ name: 'Mill', vcard: one }, { name: 'Bakery', vcard: two }] };
    expect(await receive(shop, customer, both)).toMatchObject({ type: 'multi_vcard', vCards: [one, two] });
  });

  test('a contact is sent as a card, several in one message, and a vCard as text becomes one', async () => {
    const [customer, known, other] = [shop.customer(), shop.customer(), shop.customer()];
    for (const person of [known, other]) await receive(shop, person, 'hello');
    const contacts = await Promise.all([known, other].map(({ byPhone }) => shop.client.getContactById(byPhone)));
    await shop.client.sendMessage(customer.address, contacts[0] ?? '');
    const first = await untilKind(shop, customer, 'contacts');
    expect(first.content.cards).toMatchObject([{ name: known.name, vcard: expect.stringContaining(known.number) }]);
    await shop.client.sendMessage(customer.address, contacts);
    const both = await customer.until(shop.phone.address, ({ content }) => content.kind === 'contacts' && content.cards.length === 2, 'two cards in one');
    expect(both.content).toMatchObject({ cards: [{ vcard: expect.stringContaining(known.number) }, { vcard: expect.stringContaining(other.number) }] });
    const sent = await shop.client.sendMessage(customer.address, vcardOf('Smithy', '4915700000003'));
    expect(sent.type).toBe('vcard');
    const parsed = await customer.until(shop.phone.address, ({ key }) => key.id === sent.id.id, 'the card that was a text');
    expect(parsed.content).toMatchObject({ kind: 'contacts', cards: [{ name: 'Smithy', vcard: vcardOf('Smithy', '4915700000003') }] });
  });
});

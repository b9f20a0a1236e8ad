import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { picture } from './testing/samples.ts';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a status is told as one, apart from every chat', async () => {
    const customer = shop.customer();
    const contact = await (await receive(shop, customer, 'hello')).getContact();
    customer.act('contact.save', { phone: shop.phone.number, firstName: 'The shop' });
    shop.phone.act('contact.save', { phone: customer.number, firstName: 'A customer' });
    customer.act('status.post', { content: { kind: 'text', text: 'On holiday until May' } });
    const [message] = await shop.ear.until('message', ({ body }) => body === 'On holiday until May');
    expect(message).toMatchObject({ isStatus: true, from: 'status@broadcast', fromMe: false });
    expect(customer.is(message.author)).toBe(true);
    expect((await shop.client.getChats()).some(({ id, lastMessage }) => id._serialized === customer.address && lastMessage?.body === 'On holiday until May')).toBe(false);
    const broadcast = await waitFor(async () => (await shop.client.getBroadcasts()).find(({ id }) => customer.is(id._serialized)), { timeoutMs: 5_000, what: 'the status of the customer' });
    expect(broadcast.totalCount).toBe(1);
    expect((await broadcast.getContact()).number).toBe(customer.number);
    expect((await broadcast.getChat()).id._serialized).toBe(customer.address);
    expect((await shop.client.getBroadcastById(broadcast.id._serialized)).totalCount).toBe(1);
    expect((await contact.getBroadcast()).totalCount).toBe(1);
    expect(shop.world.ledger('status.posted', ({ owner }) => owner === customer.account)).toHaveLength(1);
  });

  test('a picture as a status is one too, and a stranger’s status does not come', async () => {
    const [customer, stranger] = [shop.customer(), shop.customer()];
    await receive(shop, customer, 'hello');
    customer.act('contact.save', { phone: shop.phone.number, firstName: 'The shop' });
    shop.phone.act('contact.save', { phone: customer.number, firstName: 'A customer' });
    stranger.act('status.post', { content: { kind: 'text', text: 'Nobody hears me' } });
    customer.act('status.post', { content: { kind: 'image', media: await shop.world.upload(picture([1, 2, 200])), caption: 'New window' } });
    const [message] = await shop.ear.until('message', ({ body }) => body === 'New window');
    expect(message).toMatchObject({ isStatus: true, hasMedia: true, type: 'image' });
    expect(shop.ear.all('message').filter(([{ body }]) => body === 'Nobody hears me')).toEqual([]);
    expect(shop.world.ledger('status.posted', ({ owner }) => owner === stranger.account)).toHaveLength(1);
  });

  test('a post of a channel is told as the channel’s, which is listed apart from the chats', async () => {
    const customer = shop.customer();
    const channel = '120363000000000001@newsletter';
    customer.act('channel.post', { channel, name: 'Market news', followers: [shop.phone.address], content: { kind: 'text', text: 'Market on Saturday' } });
    const [message] = await shop.ear.until('message', ({ body }) => body === 'Market on Saturday');
    expect(message).toMatchObject({ from: channel, fromMe: false });
    expect((await shop.client.getChats()).map(({ id }) => id._serialized)).not.toContain(channel);
    const channels = await shop.client.getChannels();
    expect(channels).toMatchObject([{ id: { _serialized: channel }, isChannel: true, name: 'Market news' }]);
    expect(shop.world.ledger('channel.posted', (entry) => channel.startsWith(entry.channel))).toHaveLength(1);
  });
});

import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { voice } from './testing/samples.ts';
import { receive, untilKind, untilSeen } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a sent text is ticked by the server, then as delivered, then as read, in that order', async () => {
    const customer = shop.customer();
    customer.act('phone.online', { online: false });
    const sent = await shop.client.sendMessage(customer.address, 'Ticks?');
    await shop.ear.until('message_ack', ({ id }, ack) => id.id === sent.id.id && ack === 1);
    customer.act('phone.online', { online: true });
    await shop.ear.until('message_ack', ({ id }, ack) => id.id === sent.id.id && ack === 2);
    customer.act('message.read', { chat: shop.phone.address });
    await shop.ear.until('message_ack', ({ id }, ack) => id.id === sent.id.id && ack === 3);
    expect(shop.ear.all('message_ack').flatMap(([{ id }, ack]) => (id.id === sent.id.id ? [ack] : []))).toEqual([1, 2, 3]);
    expect(shop.world.ledger('message.read', ({ ids }) => ids.includes(sent.id.id))).toMatchObject([{ reader: customer.account }]);
  });

  test('a voice note that the customer plays is told as played', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'Say something.');
    const media = await shop.world.upload(voice());
    const id = shop.phone.send(customer.address, { kind: 'voice', media });
    const seen = await untilKind(shop, customer, 'voice');
    customer.act('message.played', { message: { chat: shop.phone.address, id: seen.key.id } });
    const [message] = await shop.ear.until('message_ack', (one, ack) => one.id.id === id && ack === 4);
    expect(message.fromMe).toBe(true);
    expect(shop.world.ledger('message.played', (entry) => entry.id === id)).toHaveLength(1);
  });

  test('a chat that the client has seen shows two blue ticks on the customer’s phone and counts nothing unread', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Read this, please.');
    const [unread] = await shop.ear.until('unread_count', ({ id, unreadCount }) => id._serialized === customer.address && unreadCount === 1);
    expect(unread.unreadCount).toBe(1);
    expect(await shop.client.sendSeen(customer.address)).toBe(true);
    await customer.until(shop.phone.address, ({ key, ack }) => key.id === message.id.id && ack >= 3, 'two blue ticks');
    await shop.ear.until('unread_count', ({ id, unreadCount }) => id._serialized === customer.address && unreadCount === 0);
    expect(shop.phone.view().chats.find(({ id }) => id === customer.address)?.unread).toBe(0);
  });

  test('a message that came is ticked as delivered by itself, and as read only by whoever reads', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Delivered?');
    await customer.until(shop.phone.address, ({ key, ack }) => key.id === message.id.id && ack === 2, 'two grey ticks');
    const chat = await message.getChat();
    expect(await chat.sendSeen()).toBe(true);
    await customer.until(shop.phone.address, ({ key, ack }) => key.id === message.id.id && ack === 3, 'two blue ticks');
    expect(shop.world.ledger('message.read', ({ ids }) => ids.includes(message.id.id))).toMatchObject([{ reader: shop.phone.account }]);
  });

  test('what the shop reads on its phone is read in the client', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'Seen on the phone.');
    await shop.ear.until('unread_count', ({ id, unreadCount }) => id._serialized === customer.address && unreadCount === 1);
    shop.phone.act('message.read', { chat: customer.address });
    await shop.ear.until('unread_count', ({ id, unreadCount }) => id._serialized === customer.address && unreadCount === 0);
    expect((await shop.client.getChatById(customer.address)).unreadCount).toBe(0);
  });

  test('an answer marks the chat as seen, unless it is told not to', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    const [first, second] = [await receive(shop, customer, 'A question.'), await receive(shop, other, 'Another.')];
    await shop.client.sendMessage(other.address, 'Quietly.', { sendSeen: false });
    await other.untilText(shop.phone.address, 'Quietly.');
    await shop.client.sendMessage(customer.address, 'An answer.');
    await customer.until(shop.phone.address, ({ key, ack }) => key.id === first.id.id && ack === 3, 'two blue ticks');
    expect((await untilSeen(other, shop.phone.address, second.id.id)).ack).toBe(2);
  });

  test('who got and who read a message can be asked', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'Informative.');
    await customer.untilText(shop.phone.address, 'Informative.');
    customer.act('message.read', { chat: shop.phone.address });
    await shop.ear.until('message_ack', ({ id }, ack) => id.id === sent.id.id && ack === 3);
    const info = await sent.getInfo();
    expect(info?.read).toMatchObject([{ id: { _serialized: customer.address } }]);
    expect(info?.delivery.length).toBeLessThanOrEqual(1);
    const [entry] = shop.world.ledger('message.read', ({ ids }) => ids.includes(sent.id.id));
    expect(info?.read[0]?.t).toBe(Math.floor((entry?.at ?? 0) / 1000));
  });

  test('typing and recording show on the customer’s phone, until they are cleared', async () => {
    const customer = shop.customer();
    const chat = await (await receive(shop, customer, 'Are you there?')).getChat();
    const untilTyping = (isIt: boolean): Promise<unknown> => customer.untilChat(shop.phone.address, ({ typing }) => typing.length > 0 === isIt, isIt ? 'somebody typing' : 'nobody typing');
    for (const begin of [() => chat.sendStateTyping(), () => chat.sendStateRecording()]) {
      await begin();
      await untilTyping(true);
      await chat.clearState();
      await untilTyping(false);
    }
    expect(customer.thread(shop.phone.address)).toHaveLength(1);
  });

  test('a customer who types changes nothing that the client tells', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'Wait,');
    const before = shop.ear.log.length;
    customer.act('phone.typing', { chat: shop.phone.address, state: 'typing' });
    customer.act('phone.typing', { chat: shop.phone.address, state: 'paused' });
    const id = customer.say(shop.phone.address, 'I am looking.');
    await shop.ear.until('message', (message) => message.id.id === id);
    const events = new Set(shop.ear.log.slice(before).map(({ event }) => event));
    expect([...events].filter((event) => !['message', 'message_create', 'unread_count', 'message_ack'].includes(event))).toEqual([]);
    expect(shop.phone.view().chats.find((one) => one.id === customer.address)?.typing).toEqual([]);
  });

  test('the shop is shown as present while the client says so', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'Are you there?');
    const frames = shop.world.listen(customer);
    const untilShown = (available: boolean): Promise<true> =>
      waitFor(() => (frames.some((frame) => frame.t === 'live' && frame.live.l === 'present' && shop.phone.is(frame.live.of) && frame.live.available === available) ? true : undefined), { timeoutMs: 5_000, what: `the shop to be ${available ? 'present' : 'absent'}` });
    await shop.client.sendPresenceAvailable();
    await untilShown(true);
    await shop.client.sendPresenceUnavailable();
    await untilShown(false);
    expect(await shop.client.getState()).toBe('CONNECTED');
  });
});

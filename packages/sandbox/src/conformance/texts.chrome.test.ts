import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { inEachChromium } from './testing/test-chromium.ts';
import { inEachOrder, useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  inEachOrder((order) => {
    const shop = useShop(chromium, { order });

    test('a text that a customer sends is told with its sender, body and time', async () => {
      const customer = shop.customer();
      const id = customer.say(shop.phone.address, 'Do you still have the blue one?');
      const [message] = await shop.ear.until('message', ({ body }) => body === 'Do you still have the blue one?');
      expect(message).toMatchObject({ type: 'chat', from: customer.address, fromMe: false, hasMedia: false, hasQuotedMsg: false });
      expect(message.id._serialized).toBe(shop.idOf({ chat: customer.address, id, fromMe: false }));
      const [sent] = shop.world.ledger('message.sent', (entry) => entry.id === id);
      expect(message.timestamp).toBe(Math.floor((sent?.at ?? 0) / 1000));
      expect(shop.ear.all('message').filter(([one]) => one.id.id === id)).toHaveLength(1);
      expect(shop.ear.all('message_create').filter(([one]) => one.id.id === id)).toHaveLength(1);
    });

    test('a text that the client sends is on the customer’s phone, once, and gets its ticks', async () => {
      const customer = shop.customer();
      const sent = await shop.client.sendMessage(customer.address, 'We are open until six.');
      const seen = await customer.untilText(shop.phone.address, 'We are open until six.');
      expect(seen.key.id).toBe(sent.id.id);
      expect(seen.key.fromMe).toBe(false);
      expect(sent.id._serialized).toBe(shop.idOf({ chat: customer.address, id: seen.key.id, fromMe: true }));
      const [acked, ack] = await shop.ear.until('message_ack', ({ id }, value) => id.id === sent.id.id && value >= 2);
      expect([acked.to, ack]).toEqual([customer.address, 2]);
      expect(customer.thread(shop.phone.address).filter(({ content }) => content.kind === 'text')).toHaveLength(1);
      expect(shop.world.ledger('message.sent', ({ id }) => id === sent.id.id)).toHaveLength(1);
    });

    test('what the shop writes on its own phone is told as made by itself, and not as received', async () => {
      const customer = shop.customer();
      const id = shop.phone.say(customer.address, 'Written on the phone.');
      const [message] = await shop.ear.until('message_create', ({ body }) => body === 'Written on the phone.');
      expect(message).toMatchObject({ fromMe: true, to: customer.address });
      expect(message.id.id).toBe(id);
      customer.say(shop.phone.address, 'And an answer to it.');
      await shop.ear.until('message', ({ body }) => body === 'And an answer to it.');
      expect(shop.ear.all('message').filter(([one]) => one.id.id === id)).toEqual([]);
    });

    test('a conversation of fifty texts keeps its order and loses nothing', async () => {
      const customer = shop.customer();
      const texts = Array.from({ length: 50 }, (_, index) => `line ${index}`);
      for (const text of texts) customer.say(shop.phone.address, text);
      await shop.ear.until('message', ({ body, from }) => body === 'line 49' && from === customer.address);
      expect(shop.ear.all('message').flatMap(([{ from, body }]) => (from === customer.address ? [body] : []))).toEqual(texts);
      const chat = await shop.client.getChatById(customer.address);
      expect((await chat.fetchMessages({ limit: 50 })).map(({ body }) => body)).toEqual(texts);
    });

    test('the chat and the contact of a message can be asked for', async () => {
      const customer = shop.customer();
      customer.say(shop.phone.address, 'Who am I?');
      const [message] = await shop.ear.until('message', ({ body, from }) => body === 'Who am I?' && from === customer.address);
      const [chat, contact] = [await message.getChat(), await message.getContact()];
      expect(chat.id._serialized).toBe(customer.address);
      expect(chat.isGroup).toBe(false);
      expect(chat.lastMessage.body).toBe('Who am I?');
      expect(contact.pushname).toBe(customer.name);
      expect(customer.thread(shop.phone.address).at(-1)?.content).toMatchObject({ text: 'Who am I?' });
    });
  });
});

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a text of sixty thousand characters in many scripts goes both ways whole', async () => {
    const customer = shop.customer();
    const text = 'Grüße, 你好, שלום, مرحبا, 👩‍👩‍👧‍👦 – «fin»\n'.repeat(1_400).trim();
    customer.say(shop.phone.address, text);
    const [message] = await shop.ear.until('message', ({ from }) => from === customer.address);
    expect(message.body).toBe(text);
    await shop.client.sendMessage(customer.address, `${text}!`);
    expect((await customer.untilText(shop.phone.address, `${text}!`)).content).toMatchObject({ text: `${text}!` });
  });

  test('links in a text are told, and a sent link goes with its preview', async () => {
    const customer = shop.customer();
    customer.say(shop.phone.address, 'Is it this one? https://example.com/lamp');
    const [message] = await shop.ear.until('message', ({ from }) => from === customer.address);
    expect(message.links).toEqual([{ link: 'https://example.com/lamp', isSuspicious: false }]);
    await shop.client.sendMessage(customer.address, 'No, https://example.com/chair');
    const seen = await customer.untilText(shop.phone.address, 'No, https://example.com/chair');
    expect(seen.content).toMatchObject({ kind: 'text', link: { url: expect.stringContaining('https://example.com/chair') } });
  });

  test('a text sent without a preview has none', async () => {
    const customer = shop.customer();
    await shop.client.sendMessage(customer.address, 'See https://example.com/table', { linkPreview: false });
    expect((await customer.untilText(shop.phone.address, 'See https://example.com/table')).content).not.toHaveProperty('link');
  });

  test('a message is found by its id, and read again as it is now', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'Look me up.');
    await customer.untilText(shop.phone.address, 'Look me up.');
    await shop.ear.until('message_ack', ({ id }, ack) => id.id === sent.id.id && ack >= 2);
    expect(await shop.client.getMessageById(sent.id._serialized)).toMatchObject({ body: 'Look me up.', to: customer.address, ack: 2 });
    expect(sent.ack).toBeLessThan(2);
    expect(await sent.reload()).toMatchObject({ ack: 2 });
    expect(await shop.client.getMessageById(shop.idOf({ chat: customer.address, id: 'AAAAAAAAAAAAAAAA', fromMe: true }))).toBeNull();
  });

  test('a client that waits for the send has it on the network when the call returns', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'Waited for.', { waitUntilMsgSent: true });
    expect(shop.world.ledger('message.sent', ({ id }) => id === sent.id.id)).toHaveLength(1);
  });

  test('a chat sends texts too', async () => {
    const customer = shop.customer();
    customer.say(shop.phone.address, 'Hello?');
    const [message] = await shop.ear.until('message', ({ from }) => from === customer.address);
    const chat = await message.getChat();
    const sent = await chat.sendMessage('Hello from the chat.');
    expect((await customer.untilText(shop.phone.address, 'Hello from the chat.')).key.id).toBe(sent.id.id);
  });

  test('texts are found by a search over all chats and within one', async () => {
    const [first, second] = [shop.customer(), shop.customer()];
    for (const customer of [first, second]) customer.say(shop.phone.address, `A xylophone for ${customer.number}`);
    await shop.ear.until('message', ({ body }) => body === `A xylophone for ${second.number}`);
    const everywhere = await shop.client.searchMessages('xylophone', { limit: 10 });
    expect(everywhere.map(({ from }) => from).toSorted()).toEqual([first.address, second.address].toSorted());
    const within = await shop.client.searchMessages('xylophone', { chatId: second.address, limit: 10 });
    expect(within.map(({ body }) => body)).toEqual([`A xylophone for ${second.number}`]);
    expect(shop.world.ledger('message.sent', ({ content }) => content.kind === 'text' && content.text.includes('xylophone'))).toHaveLength(2);
  });

  test('a hundred texts sent at once are all sent, each once', async () => {
    const customer = shop.customer();
    const texts = Array.from({ length: 100 }, (_, index) => `burst ${index}`);
    await Promise.all(texts.map((text) => shop.client.sendMessage(customer.address, text)));
    const arrived = await waitFor(
      () => {
        const found = customer.thread(shop.phone.address).flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
        return found.length >= texts.length ? found : undefined;
      },
      { timeoutMs: 20_000, what: 'a hundred texts' },
    );
    expect(arrived.toSorted()).toEqual(texts.toSorted());
  });
});

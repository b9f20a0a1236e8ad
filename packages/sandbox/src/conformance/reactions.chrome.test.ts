import { expect, test } from 'vitest';
import { receive, untilSeen } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a reaction of a customer is told, and another one takes its place', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'We have it.');
    await customer.untilText(shop.phone.address, 'We have it.');
    for (const emoji of ['👍', '🎉']) {
      customer.act('message.react', { message: { chat: shop.phone.address, id: sent.id.id }, emoji });
      const [reaction] = await shop.ear.until('message_reaction', (one) => one.reaction === emoji && one.msgId.id === sent.id.id);
      expect(reaction.senderId).toBe(customer.address);
      expect(reaction.msgId._serialized).toBe(sent.id._serialized);
    }
    const again = await shop.client.getMessageById(sent.id._serialized);
    expect(again.hasReaction).toBe(true);
    const reactions = await again.getReactions();
    expect(reactions.map(({ aggregateEmoji, hasReactionByMe, senders }) => ({ aggregateEmoji, hasReactionByMe, by: senders.map(({ senderId }) => senderId) }))).toEqual([{ aggregateEmoji: '🎉', hasReactionByMe: false, by: [customer.address] }]);
    expect(shop.world.ledger('message.reacted', ({ id }) => id === sent.id.id).map(({ emoji }) => emoji)).toEqual(['👍', '🎉']);
  });

  test('a reaction that is taken back is told as an empty one', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'Never mind.');
    await customer.untilText(shop.phone.address, 'Never mind.');
    const message = { chat: shop.phone.address, id: sent.id.id };
    customer.act('message.react', { message, emoji: '😮' });
    await shop.ear.until('message_reaction', (one) => one.reaction === '😮' && one.msgId.id === sent.id.id);
    customer.act('message.react', { message, emoji: '' });
    await shop.ear.until('message_reaction', (one) => one.reaction === '' && one.msgId.id === sent.id.id);
    expect((await untilSeen(customer, shop.phone.address, sent.id.id)).reactions ?? []).toEqual([]);
  });

  test('a reaction of the client is on the customer’s phone, and gone when it is taken back', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Thank you!');
    await message.react('❤️');
    const seen = await customer.until(shop.phone.address, ({ key, reactions }) => key.id === message.id.id && reactions?.length === 1, 'a reaction');
    expect(seen.reactions).toMatchObject([{ from: shop.phone.address, emoji: '❤️' }]);
    await shop.client.sendReaction(message.id._serialized, '');
    await customer.until(shop.phone.address, ({ key, reactions }) => key.id === message.id.id && (reactions ?? []).length === 0, 'no reaction');
    expect(shop.world.ledger('message.reacted', ({ id }) => id === message.id.id).map(({ emoji }) => emoji)).toEqual(['❤️', '']);
  });
});

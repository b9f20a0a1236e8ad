import { expect, test } from 'vitest';
import { picture } from './testing/samples.ts';
import { receive, untilTold } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a reply of the client names on the customer’s phone what it answers', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'How much is it?');
    const sent = await message.reply('Twelve.');
    expect(sent.hasQuotedMsg).toBe(true);
    const seen = await customer.untilText(shop.phone.address, 'Twelve.');
    expect(seen.context?.quoted).toEqual({ id: message.id.id, author: customer.address });
    expect(seen.quotedContent).toMatchObject({ text: 'How much is it?' });
  });

  test('a customer’s reply is told with the message that it answers', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'Red or green?');
    await customer.untilText(shop.phone.address, 'Red or green?');
    const message = await receive(shop, customer, { text: 'Green.', context: { quoted: { id: sent.id.id, author: shop.phone.address } } });
    expect(message.hasQuotedMsg).toBe(true);
    const quoted = await message.getQuotedMessage();
    expect(quoted).toMatchObject({ body: 'Red or green?', fromMe: true });
    expect(quoted.id.id).toBe(sent.id.id);
  });

  test('a picture is answered too, and a quote by its id works as the call’s option', async () => {
    const customer = shop.customer();
    const image = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(picture([9, 9, 9])), caption: 'This?' });
    await shop.client.sendMessage(customer.address, 'Yes, this.', { quotedMessageId: image.id._serialized });
    const seen = await customer.untilText(shop.phone.address, 'Yes, this.');
    expect(seen.context?.quoted?.id).toBe(image.id.id);
    expect(seen.quotedContent).toMatchObject({ kind: 'image', caption: 'This?' });
  });

  test('a reply to what is gone is sent without its quote, or refused where that was asked for', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    const missing = shop.idOf({ chat: customer.address, id: 'BBBBBBBBBBBBBBBB', fromMe: false });
    await shop.client.sendMessage(customer.address, 'Unquoted.', { quotedMessageId: missing });
    expect((await customer.untilText(shop.phone.address, 'Unquoted.')).context?.quoted).toBeUndefined();
    await expect(shop.client.sendMessage(customer.address, 'Refused.', { quotedMessageId: missing, ignoreQuoteErrors: false })).rejects.toThrow('Could not get the quoted message');
    expect(shop.world.ledger('message.sent', ({ content }) => content.kind === 'text' && content.text === 'Refused.')).toEqual([]);
  });

  test('mentions go both ways, of people and of groups', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    await receive(shop, customer, 'hello');
    await receive(shop, other, 'hello');
    const { group } = customer.act('group.create', { subject: 'Club', participants: [shop.phone.address, other.address] });
    const id = customer.say(group.id, `@${other.number} and @${shop.phone.number}`, { mentions: [other.address, shop.phone.address] });
    const message = await untilTold(shop, id);
    expect(message.mentionedIds.map(String).length).toBe(2);
    expect((await message.getMentions()).map(({ number }) => number).toSorted()).toEqual([other.number, shop.phone.number].toSorted());
    await shop.client.sendMessage(group.id, `Hello @${other.number}`, { mentions: [other.address] });
    expect((await customer.untilText(group.id, `Hello @${other.number}`)).context?.mentions).toEqual([other.address]);
    await shop.client.sendMessage(customer.address, `Come to @${group.id}`, { groupMentions: [{ subject: 'Club', id: group.id }] });
    expect((await customer.untilText(shop.phone.address, `Come to @${group.id}`)).context?.groupMentions).toEqual([{ group: group.id, subject: 'Club' }]);
    const told = await receive(shop, customer, { text: 'See the club', context: { groupMentions: [{ group: group.id, subject: 'Club' }] } });
    expect(await told.getGroupMentions()).toMatchObject([{ isGroup: true, name: 'Club' }]);
  });
});

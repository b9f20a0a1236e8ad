import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { asMedia, picture } from './testing/samples.ts';
import { receive, untilKind, untilSeen } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a text that the client edits changes on the customer’s phone, under the same id', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'Tuesday.');
    await customer.untilText(shop.phone.address, 'Tuesday.');
    const edited = await sent.edit('Wednesday.');
    expect(edited?.body).toBe('Wednesday.');
    const seen = await customer.untilText(shop.phone.address, 'Wednesday.');
    expect(seen.key.id).toBe(sent.id.id);
    expect(seen.editedAt).toBeGreaterThan(0);
    expect(shop.world.ledger('message.edited', ({ id }) => id === sent.id.id)).toMatchObject([{ text: 'Wednesday.', author: shop.phone.account }]);
  });

  test('a text that a customer edits is told with what it says and what it said', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Two, please.');
    customer.act('message.edit', { message: { chat: shop.phone.address, id: message.id.id }, text: 'Three, please.' });
    const [edited, now, before] = await shop.ear.until('message_edit', ({ id }) => id.id === message.id.id);
    expect([edited.body, now, before]).toEqual(['Three, please.', 'Three, please.', 'Two, please.']);
    expect(edited.latestEditSenderTimestampMs).toBeGreaterThan(0);
    expect((await shop.client.getMessageById(message.id._serialized)).body).toBe('Three, please.');
    expect((await untilSeen(customer, shop.phone.address, message.id.id)).content).toMatchObject({ text: 'Three, please.' });
  });

  test('the caption of a picture is edited both ways', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(picture([1, 1, 9])), caption: 'before' });
    customer.act('message.edit', { message: { chat: shop.phone.address, id: message.id.id }, text: 'after' });
    const [, now, before] = await shop.ear.until('message_edit', ({ id }) => id.id === message.id.id);
    expect([now, before]).toEqual(['after', 'before']);
    const sent = await shop.client.sendMessage(customer.address, asMedia(picture([1, 1, 8])), { caption: 'mine before' });
    await customer.until(shop.phone.address, ({ key }) => key.id === sent.id.id, 'the picture');
    await sent.edit('mine after');
    await customer.until(shop.phone.address, ({ key, content }) => key.id === sent.id.id && content.kind === 'image' && content.caption === 'mine after', 'the new caption');
  });

  test('a message of somebody else cannot be edited by the client', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Mine alone.');
    expect(await message.edit('Not yours.')).toBeNull();
    expect(shop.world.ledger('message.edited', ({ id }) => id === message.id.id)).toEqual([]);
  });

  test('an edit with a link that has no preview throws, and goes through without one (fault 11)', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'The address follows.');
    await customer.untilText(shop.phone.address, 'The address follows.');
    await expect(sent.edit('It is https://nowhere.invalid/page')).rejects.toThrow('undefined');
    expect(shop.world.ledger('message.edited', ({ id }) => id === sent.id.id)).toEqual([]);
    await sent.edit('It is https://nowhere.invalid/page', { linkPreview: false });
    await customer.untilText(shop.phone.address, 'It is https://nowhere.invalid/page');
  });

  test('a message that the client deletes for everyone is gone from the customer’s phone', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, 'Oops.');
    await customer.untilText(shop.phone.address, 'Oops.');
    await sent.delete(true);
    await customer.until(shop.phone.address, ({ key, content }) => key.id === sent.id.id && content.kind === 'revoked', 'the deleted message');
    expect(shop.world.ledger('message.revoked', ({ id }) => id === sent.id.id)).toMatchObject([{ revoker: shop.phone.account }]);
    await shop.ear.until('message_revoke_everyone', ({ id }) => id.id === sent.id.id);
  });

  test('a message that its author deletes is told with what it said only where it was the last to change (fault 11)', async () => {
    const customer = shop.customer();
    const [first, second] = [await receive(shop, customer, 'first'), await receive(shop, customer, 'second')];
    customer.act('message.edit', { message: { chat: shop.phone.address, id: second.id.id }, text: 'second, edited' });
    await shop.ear.until('message_edit', ({ id }) => id.id === second.id.id);
    customer.act('message.revoke', { message: { chat: shop.phone.address, id: second.id.id } });
    const [, said] = await shop.ear.until('message_revoke_everyone', ({ id }) => id.id === second.id.id);
    expect(said?.body).toBe('second, edited');
    customer.act('message.revoke', { message: { chat: shop.phone.address, id: first.id.id } });
    const [now, unsaid] = await shop.ear.until('message_revoke_everyone', ({ id }) => id.id === first.id.id);
    expect(now).toMatchObject({ type: 'revoked', body: '' });
    expect(unsaid).toBeUndefined();
    expect((await untilSeen(customer, shop.phone.address, first.id.id)).content).toMatchObject({ kind: 'revoked' });
  });

  test('a message deleted for oneself is gone from the shop and stays with the customer', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Not for my eyes.');
    await message.delete();
    await shop.world.untilLedger('message.hidden', ({ messages }) => messages.some(({ id }) => id === message.id.id));
    await waitFor(() => (shop.phone.thread(customer.address).some(({ key }) => key.id === message.id.id) ? undefined : true), { timeoutMs: 5_000, what: 'the message to leave the shop’s phone' });
    expect((await untilSeen(customer, shop.phone.address, message.id.id)).content).toMatchObject({ text: 'Not for my eyes.' });
    expect(await shop.client.getMessageById(message.id._serialized)).toBeNull();
  });

  test('a message that the shop deletes for itself on its phone is told', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Forget it.');
    shop.phone.act('message.hide', { messages: [{ chat: customer.address, id: message.id.id }] });
    const [hidden] = await shop.ear.until('message_revoke_me', ({ id }) => id.id === message.id.id);
    expect(hidden.body).toBe('Forget it.');
    expect(shop.world.ledger('message.hidden', ({ messages }) => messages.some(({ id }) => id === message.id.id))).toMatchObject([{ account: shop.phone.account, by: 'phone' }]);
  });

  test('a message is starred and unstarred, on the phone too', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Keep this.');
    const isStarred = async (): Promise<boolean> => (await shop.client.getMessageById(message.id._serialized)).isStarred;
    await message.star();
    await shop.phone.until(customer.address, ({ key, starred }) => key.id === message.id.id && starred === true, 'a star');
    expect(await isStarred()).toBe(true);
    await message.unstar();
    await shop.phone.until(customer.address, ({ key, starred }) => key.id === message.id.id && starred !== true, 'no star');
    expect(await isStarred()).toBeFalsy();
    expect((await untilSeen(customer, shop.phone.address, message.id.id)).starred).not.toBe(true);
  });

  test('a message is pinned for both sides, and unpinned', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, 'Opening hours: 9 to 6.');
    expect(await message.pin(86_400)).toBe(true);
    await customer.until(shop.phone.address, ({ key, pinnedUntil }) => key.id === message.id.id && (pinnedUntil ?? 0) > 0, 'a pin');
    expect((await shop.client.getPinnedMessages(customer.address)).map(({ body }) => body)).toEqual(['Opening hours: 9 to 6.']);
    const chat = await message.getChat();
    expect(await chat.getPinnedMessages()).toHaveLength(1);
    expect(await message.unpin()).toBe(true);
    await customer.until(shop.phone.address, ({ key, pinnedUntil }) => key.id === message.id.id && !pinnedUntil, 'no pin');
    expect(await shop.client.getPinnedMessages(customer.address)).toEqual([]);
  });

  test('a message is forwarded as it was, and marked so', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    const text = await receive(shop, customer, 'Pass it on.');
    const image = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(picture([3, 3, 3])), caption: 'with this' });
    await receive(shop, other, 'Anything new?');
    await text.forward(other.address);
    const seen = await other.untilText(shop.phone.address, 'Pass it on.');
    expect(seen.context?.forwardingScore).toBeGreaterThanOrEqual(1);
    await image.forward(await shop.client.getChatById(other.address));
    expect((await untilKind(shop, other, 'image')).content).toMatchObject({ caption: 'with this' });
    const [made] = await shop.ear.until('message_create', (one) => one.fromMe && one.to === other.address && one.body === 'Pass it on.');
    expect(made.isForwarded).toBe(true);
  });

  test('a forwarded message that a customer sends is told as one', async () => {
    const message = await receive(shop, shop.customer(), { text: 'Chain letter', context: { forwardingScore: 5 } });
    expect(message).toMatchObject({ isForwarded: true, forwardingScore: 5 });
    expect(shop.world.ledger('message.sent', ({ id }) => id === message.id.id)).toMatchObject([{ context: { forwardingScore: 5 } }]);
  });
});

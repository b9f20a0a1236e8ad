import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import whatsapp from 'whatsapp-web.js';
import { receive, untilKind, untilSeen } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a poll that the client sends can be voted on, and each vote is told with its options', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, new whatsapp.Poll('When?', ['Monday', 'Tuesday', 'Friday'], { allowMultipleAnswers: true, messageSecret: undefined }));
    const { content, key } = await untilKind(shop, customer, 'poll');
    expect(content).toMatchObject({ question: 'When?', options: ['Monday', 'Tuesday', 'Friday'], several: true });
    for (const options of [[0, 2], [1], []]) {
      customer.act('message.vote', { message: { chat: shop.phone.address, id: key.id }, options });
      const [vote] = await shop.ear.until('vote_update', ({ parentMessage, selectedOptions }) => parentMessage.id.id === sent.id.id && selectedOptions.length === options.length);
      expect(vote.selectedOptions.map(({ name }) => name)).toEqual(options.map((option) => content.options[option]));
      expect(JSON.stringify(vote.voter)).toContain(customer.address);
    }
    expect(shop.world.ledger('message.voted', ({ id }) => id === sent.id.id)).toHaveLength(3);
  });

  test('the votes on a poll are kept, and can be asked for by whoever was not there', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, new whatsapp.Poll('Which?', ['Red', 'Green']));
    const { content, key } = await untilKind(shop, customer, 'poll');
    expect(content.several).toBe(false);
    customer.act('message.vote', { message: { chat: shop.phone.address, id: key.id }, options: [1] });
    await shop.ear.until('vote_update', ({ parentMessage }) => parentMessage.id.id === sent.id.id);
    const votes = await waitFor(async () => (await shop.client.getPollVotes(sent.id._serialized)).find(() => true), { timeoutMs: 5_000, what: 'a kept vote' });
    expect(votes.selectedOptions.map(({ name }) => name)).toEqual(['Green']);
    // The library answers them without a client (fault 11), so that nothing can be asked of their message.
    expect('client' in votes && votes.client).toBeUndefined();
    expect(await sent.getPollVotes()).toHaveLength(1);
  });

  test('the client votes in a customer’s poll, and changes its mind', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, { kind: 'poll', question: 'Deliver or collect?', options: ['Deliver', 'Collect'], several: false });
    expect(message).toMatchObject({ type: 'poll_creation', body: 'Deliver or collect?', pollName: 'Deliver or collect?', allowMultipleAnswers: false });
    for (const [choice, options] of [['Collect', [1]], ['Deliver', [0]]] as const) {
      await message.vote([choice]);
      const seen = await customer.until(shop.phone.address, ({ key, votes }) => key.id === message.id.id && votes?.[0]?.options[0] === options[0], `a vote for ${choice}`);
      expect(seen.votes).toMatchObject([{ from: shop.phone.address, options }]);
    }
    await message.vote([]);
    await shop.world.untilLedger('message.voted', ({ id, options }) => id === message.id.id && options.length === 0);
  });

  test('an event that the client sends is answered, edited and answered by the client in turn', async () => {
    const customer = shop.customer();
    const startAt = new Date('2031-05-04T10:00:00Z');
    const sent = await shop.client.sendMessage(customer.address, new whatsapp.ScheduledEvent('Tasting', startAt, { description: 'Five teas', location: 'Main Street 2', callType: 'none', messageSecret: undefined }));
    const { content, key } = await untilKind(shop, customer, 'event');
    expect(content).toMatchObject({ name: 'Tasting', description: 'Five teas', place: 'Main Street 2', startAt: startAt.getTime() / 1000 });
    customer.act('message.respond', { message: { chat: shop.phone.address, id: key.id }, response: 'going' });
    expect(shop.world.ledger('message.responded', ({ id }) => id === sent.id.id)).toMatchObject([{ who: customer.account, response: 'going' }]);
    await sent.editScheduledEvent(new whatsapp.ScheduledEvent('Tasting of six', startAt, { callType: 'none', messageSecret: undefined }) as unknown as Event);
    await customer.until(shop.phone.address, (one) => one.key.id === sent.id.id && one.content.kind === 'event' && one.content.name === 'Tasting of six', 'the edited event');
    const invitation = await receive(shop, customer, { kind: 'event', name: 'Fair', startAt: startAt.getTime() / 1000 });
    expect(await shop.client.sendResponseToScheduledEvent(1, invitation.id._serialized)).toBe(true);
    await shop.world.untilLedger('message.responded', ({ id, who, response }) => id === invitation.id.id && who === shop.phone.account && response === 'going');
    expect((await untilSeen(customer, shop.phone.address, invitation.id.id)).responses).toMatchObject([{ from: shop.phone.address, response: 'going' }]);
  });
});

import { inEachChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chat } from '@waxos/contract/node-link/identities';
import { linkDriven, type Driven } from './testing/drive.ts';

let ids = 0;
const newId = (): string => `3EB0${String(++ids).padStart(18, '0')}`;
const soon = (): number => Date.now() + 60_000;

inEachChromium((chromium) => {
  describe.each(['phone', 'lid'] as const)('where chats go by %s', (addressing) => {
    let [world, shop, driven]: [World, Phone, Driven] = [] as never;
    const newPhone = (): Phone => world.newPhone({ addressing });
    const chatWith = (phone: Phone): Chat => ({ kind: 'person', person: { phone: phone.number, lid: phone.account } });

    beforeAll(async () => {
      world = await openWorld();
      shop = newPhone();
      driven = await linkDriven(world, shop, { chromium });
    });
    afterAll(async () => {
      await driven?.close();
      await world?.close();
    });

    test('ready says who this is, by both addresses, and in which build', () => {
      expect(driven.all('ready')).toEqual([{ type: 'ready', me: { phone: shop.number, lid: shop.account }, pushName: shop.name, platform: expect.any(String), build: expect.stringMatching(/^2\./) }]);
      expect(driven.all('broken')).toEqual([]);
    });

    test('a text comes in with both addresses of its sender, once, whichever it came under (fault 11)', async () => {
      const customer = newPhone();
      const id = customer.say(shop.address, 'Hello?');
      const { message } = await driven.until('message.seen', (event) => event.message.key.id === id);
      expect(message).toMatchObject({ key: { chat: chatWith(customer), fromMe: false, id }, content: { kind: 'text', text: 'Hello?' }, pushName: customer.name });
      expect(message.order).toBeGreaterThan(0);
      await driven.driver.ping();
      expect(driven.all('message.seen').filter((event) => event.message.key.id === id)).toHaveLength(1);
    });

    test('a text goes out under the id it was given, and its ticks are told', async () => {
      const customer = newPhone();
      const id = newId();
      await driven.driver.send({ chat: chatWith(customer), id, content: { kind: 'text', text: 'Here you are.' }, notAfter: soon() });
      await customer.untilText(shop.address, 'Here you are.');
      expect(world.ledger('message.sent', (entry) => entry.id === id)).toHaveLength(1);
      await driven.until('message.acked', (event) => event.key.id === id && event.ack === 2);
      expect(await driven.driver.find(chatWith(customer), id)).toMatchObject({ ack: expect.any(Number) });
      expect(await driven.driver.find(chatWith(customer), newId())).toBeUndefined();
    });

    test('a stranger is written to by number alone, and what is told of it has both addresses, as has the answer (fault 11)', async () => {
      const stranger = newPhone();
      const id = newId();
      const byNumber: Chat = { kind: 'person', person: { phone: stranger.number } };
      await driven.driver.send({ chat: byNumber, id, content: { kind: 'text', text: 'Your order is here.' }, notAfter: soon() });
      expect((await stranger.untilText(shop.address, 'Your order is here.')).key.id).toBe(id);
      expect((await driven.until('message.seen', (event) => event.message.key.id === id)).message.key).toEqual({ chat: chatWith(stranger), fromMe: true, id });
      for (const chat of [byNumber, { kind: 'person', person: { lid: stranger.account } } as Chat]) expect(await driven.driver.find(chat, id)).toMatchObject({ ack: expect.any(Number) });
      const answer = stranger.say(shop.address, 'Thanks!');
      expect((await driven.until('message.seen', (event) => event.message.key.id === answer)).message.key).toEqual({ chat: chatWith(stranger), fromMe: false, id: answer });
    });

    test('the same id sent again is one message, and a send that is too late is none', async () => {
      const customer = newPhone();
      const [id, late] = [newId(), newId()];
      const wanted = { chat: chatWith(customer), id, content: { kind: 'text', text: 'Once.' } as const, notAfter: soon() };
      await driven.driver.send(wanted);
      await driven.driver.send(wanted);
      await expect(driven.driver.send({ ...wanted, id: late, notAfter: Date.now() - 1 })).rejects.toMatchObject({ reason: 'too_late' });
      expect(world.ledger('message.sent', (entry) => entry.id === id || entry.id === late)).toHaveLength(1);
    });

    test('an edit with a link in it goes out, a reaction and a revoke too, and what others do of it is told (fault 11)', async () => {
      const customer = newPhone();
      const id = newId();
      const key = { chat: chatWith(customer), fromMe: true, id };
      await driven.driver.send({ chat: key.chat, id, content: { kind: 'text', text: 'Open till 6.' }, notAfter: soon() });
      await driven.driver.edit(key, 'Open till 7, see https://shop.example/hours');
      await customer.untilText(shop.address, 'Open till 7, see https://shop.example/hours');
      await driven.until('message.seen', ({ message }) => message.key.id === id && message.editedAt !== undefined);
      customer.act('message.react', { message: { chat: shop.address, id }, emoji: '👍' });
      expect(await driven.until('message.reacted', (event) => event.key.id === id)).toMatchObject({ key, by: { phone: customer.number, lid: customer.account }, emoji: '👍' });
      await driven.driver.ping();
      expect(driven.all('message.reacted').filter((event) => event.key.id === id)).toHaveLength(1);
      await driven.driver.react(key, '❤️');
      await driven.until('message.reacted', (event) => event.emoji === '❤️' && event.by.lid === shop.account);
      await driven.driver.revoke(key);
      await customer.until(shop.address, ({ content }) => content.kind === 'revoked', 'the revoked message');
      await driven.until('message.seen', ({ message }) => message.key.id === id && message.content.kind === 'revoked');
    });

    test('edits, revokes and votes of a customer are told under the key of their message, and a revoke of one that changed long before as well (fault 11)', async () => {
      const customer = newPhone();
      const id = customer.say(shop.address, 'Tow boxes');
      await driven.until('message.seen', ({ message }) => message.key.id === id);
      customer.act('message.edit', { message: { chat: shop.address, id }, text: 'Two boxes' });
      const edited = await driven.until('message.seen', ({ message }) => message.key.id === id && message.editedAt !== undefined);
      expect(edited.message.content).toEqual({ kind: 'text', text: 'Two boxes' });
      // The library tells what was revoked only of the message that changed last.
      const between = customer.say(shop.address, 'Something else');
      await driven.until('message.seen', ({ message }) => message.key.id === between);
      customer.act('message.revoke', { message: { chat: shop.address, id } });
      await driven.until('message.seen', ({ message }) => message.key.id === id && message.content.kind === 'revoked');
      const poll = newId();
      await driven.driver.send({ chat: chatWith(customer), id: poll, content: { kind: 'poll', question: 'When?', options: ['Today', 'Tomorrow'], several: false }, notAfter: soon() });
      customer.act('message.vote', { message: { chat: shop.address, id: poll }, options: [1] });
      expect(await driven.until('message.voted', (event) => event.key.id === poll)).toMatchObject({ by: { lid: customer.account }, options: [1] });
    });

    test('what is read back carries its reactions and votes, and none where they were taken back', async () => {
      const customer = newPhone();
      const asked = customer.say(shop.address, 'Till when?');
      const { message } = await driven.until('message.seen', (event) => event.message.key.id === asked);
      const poll = newId();
      await driven.driver.react(message.key, '👍');
      await driven.driver.send({ chat: message.key.chat, id: poll, content: { kind: 'poll', question: 'When?', options: ['Today', 'Tomorrow'], several: true }, notAfter: soon() });
      customer.act('message.vote', { message: { chat: shop.address, id: poll }, options: [0, 1] });
      await driven.until('message.voted', (event) => event.key.id === poll);
      const [first, second] = await driven.driver.readBack(message.key.chat, { since: 0, limit: 10 });
      expect(first).toMatchObject({ key: { id: asked }, reactions: [{ by: { phone: shop.number, lid: shop.account }, emoji: '👍', at: expect.any(Number) }] });
      expect(second).toMatchObject({ key: { id: poll }, votes: [{ by: { phone: customer.number, lid: customer.account }, options: [0, 1], at: expect.any(Number) }] });
      await driven.driver.react(message.key, '');
      const [after] = await driven.driver.readBack(message.key.chat, { since: 0, limit: 10 });
      expect(after).toMatchObject({ key: { id: asked }, reactions: [] });
    });

    test('what the phone itself sends is told, reading there is told, and reading here is seen there', async () => {
      const customer = newPhone();
      const id = customer.say(shop.address, 'Are you there?');
      await driven.until('message.seen', ({ message }) => message.key.id === id);
      await driven.until('chat.changed', (event) => event.unread === 1 && event.chat.kind === 'person' && event.chat.person.lid === customer.account);
      await driven.driver.showTyping(chatWith(customer), 'typing');
      await driven.driver.markRead(chatWith(customer));
      await customer.until(shop.address, (message) => message.key.id === id && message.ack >= 3, 'the message read');
      const own = shop.say(customer.address, 'From the phone.');
      const { message } = await driven.until('message.seen', (event) => event.message.key.id === own);
      expect(message).toMatchObject({ key: { fromMe: true, chat: chatWith(customer) }, content: { kind: 'text', text: 'From the phone.' } });
    });

    test('a reply, a location and a contact arrive as such', async () => {
      const customer = newPhone();
      const asked = customer.say(shop.address, 'Where are you?');
      await driven.until('message.seen', ({ message }) => message.key.id === asked);
      const [text, place, card] = [newId(), newId(), newId()];
      const chat = chatWith(customer);
      await driven.driver.send({ chat, id: text, content: { kind: 'text', text: 'Here:' }, quoted: { chat, fromMe: false, id: asked }, notAfter: soon() });
      await driven.driver.send({ chat, id: place, content: { kind: 'location', latitude: 53.55, longitude: 9.99, name: 'Shop', address: 'Quay 1' }, notAfter: soon() });
      await driven.driver.send({ chat, id: card, content: { kind: 'contact', vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Shop\nTEL;waid=4915510000001:+4915510000001\nEND:VCARD' }, notAfter: soon() });
      const { message } = await driven.until('message.seen', (event) => event.message.key.id === text);
      expect(message.quoted).toMatchObject({ id: asked, author: { lid: customer.account }, content: { kind: 'text', text: 'Where are you?' } });
      expect((await driven.until('message.seen', (event) => event.message.key.id === place)).message.content).toMatchObject({ kind: 'location', latitude: 53.55, name: 'Shop', address: 'Quay 1' });
      expect((await driven.until('message.seen', (event) => event.message.key.id === card)).message.content).toMatchObject({ kind: 'contacts' });
      await customer.until(shop.address, ({ content }) => content.kind === 'location', 'the location');
    });

    test('a group tells who wrote, and its notices come as messages, live and read back', async () => {
      const [one, two] = [newPhone(), newPhone()];
      const group = one.act('group.create', { subject: 'Regulars', participants: [shop.address, two.address] }).group.id;
      const id = two.say(group, 'Hello all');
      const { message } = await driven.until('message.seen', (event) => event.message.key.id === id);
      expect(message.key).toEqual({ chat: { kind: 'group', group: group.replace('@g.us', '') }, fromMe: false, author: { phone: two.number, lid: two.account }, id });
      await driven.until('message.seen', (event) => event.message.content.kind === 'group_notice' && event.message.key.chat.kind === 'group');
      const answer = newId();
      await driven.driver.send({ chat: message.key.chat, id: answer, content: { kind: 'text', text: 'Hello @you' }, mentions: [{ lid: two.account }], quoted: message.key, notAfter: soon() });
      const own = await driven.until('message.seen', (event) => event.message.key.id === answer);
      expect(own.message).toMatchObject({ key: { fromMe: true, author: { lid: shop.account } }, mentions: [{ phone: two.number, lid: two.account }] });
      expect(await driven.driver.find(message.key.chat, answer)).toBeDefined();
      const read = await driven.driver.readBack(message.key.chat, { since: 0, limit: 50 });
      expect(read.map(({ content }) => content.kind)).toEqual([...read.filter(({ content }) => content.kind === 'group_notice').map(() => 'group_notice'), 'text', 'text']);
      expect(read[0]?.content.kind).toBe('group_notice');
      expect(driven.all('broken')).toEqual([]);
    });

    test('a status is no message, and no chat', async () => {
      const customer = newPhone();
      const hello = customer.say(shop.address, 'hello');
      await driven.until('message.seen', ({ message }) => message.key.id === hello);
      customer.act('contact.save', { phone: shop.number, firstName: 'The shop' });
      shop.act('contact.save', { phone: customer.number, firstName: 'A customer' });
      customer.act('status.post', { content: { kind: 'text', text: 'On holiday until May' } });
      const after = customer.say(shop.address, 'Saw my status?');
      await driven.until('message.seen', ({ message }) => message.key.id === after);
      expect(driven.all('message.seen').filter(({ message }) => message.content.kind === 'text' && message.content.text.startsWith('On holiday'))).toEqual([]);
      expect((await driven.driver.listChanged(0)).every(({ chat }) => chat.kind === 'group' || chat.person.lid !== undefined)).toBe(true);
      expect(await driven.driver.hears()).toBe(true);
      expect(driven.all('broken')).toEqual([]);
    });

    test('a chat is read back in pages, oldest first, notices among them, and the chats that changed are listed, unread first', async () => {
      const customer = newPhone();
      const said = Array.from({ length: 70 }, (_none, index) => customer.say(shop.address, `Line ${index}`));
      await driven.until('message.seen', ({ message }) => message.key.id === said.at(-1));
      const chat = chatWith(customer);
      const all = await driven.driver.readBack(chat, { since: 0, limit: 200 });
      expect(all.map(({ key }) => key.id)).toEqual(said);
      expect((await driven.driver.readBack(chat, { since: 0, limit: 10 })).map(({ key }) => key.id)).toEqual(said.slice(-10));
      const [first] = await driven.driver.listChanged(0);
      expect(first?.unread).toBeGreaterThan(0);
      expect((await driven.driver.listChanged(0)).find((one) => one.chat.kind === 'person' && one.chat.person.lid === customer.account)).toMatchObject({ unread: 70 });
      expect(await driven.driver.listChanged(Math.floor(Date.now() / 1_000) + 3_600)).not.toContainEqual(expect.objectContaining({ unread: 0 }));
    });

    test('the canary is heard, the page can be pictured, and its garbage collected', async () => {
      expect(await driven.driver.hears()).toBe(true);
      await driven.driver.collectGarbage();
      expect((await driven.driver.screenshot()).length).toBeGreaterThan(100);
    });
  });
});

import type { Outgoing } from '@waxos/contract/node-link/commands';
import type { Chat } from '@waxos/contract/node-link/identities';
import { clip, leaflet, picture, tone, voice, type Sample } from '@waxos/sandbox/conformance/testing/samples';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone, Seen } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkDriven, type Driven } from './testing/drive.ts';

type As = Extract<Outgoing, { kind: 'media' }>['as'];
let ids = 0;
const newId = (): string => `3EB0C${String(++ids).padStart(17, '0')}`;
const soon = (): number => Date.now() + 60_000;

inOneChromium((chromium) => {
  describe.each(['phone', 'lid'] as const)('where chats go by %s', (addressing) => {
    let [world, shop, driven]: [World, Phone, Driven] = [] as never;
    const newPhone = (): Phone => world.newPhone({ addressing });
    const chatWith = (phone: Phone): Chat => ({ kind: 'person', person: { phone: phone.number, lid: phone.account } });
    const seen = async (id: string) => (await driven.until('message.seen', ({ message }) => message.key.id === id)).message;
    const meet = async (): Promise<Phone> => {
      const customer = newPhone();
      await seen(customer.say(shop.address, 'hello'));
      return customer;
    };
    const send = async (customer: Phone, as: As, { bytes, mimetype, filename, ...more }: Sample & { caption?: string; viewOnce?: boolean }): Promise<{ id: string; arrived: Seen }> => {
      const id = newId();
      await driven.driver.send({ chat: chatWith(customer), id, content: { kind: 'media', as, media: { url: 'none', mimetype, bytes: bytes.length, filename }, ...more }, media: bytes, notAfter: soon() });
      return { id, arrived: await customer.until(shop.address, ({ key }) => key.id === id, `the ${as}`) };
    };
    const bytesOf = async ({ content }: Seen): Promise<Buffer> => ('media' in content ? world.bytesOf(content.media.hash) : Buffer.alloc(0));

    beforeAll(async () => {
      world = await openWorld();
      shop = newPhone();
      driven = await linkDriven(world, shop, { chromium });
    });
    afterAll(async () => {
      await driven?.close();
      await world?.close();
    });

    test.each([
      ['image', { ...picture([30, 60, 90]), caption: 'This one.' }, { kind: 'image', caption: 'This one.' }],
      ['video', { ...clip(), caption: 'Moving.' }, { kind: 'video', caption: 'Moving.' }],
      ['gif', clip(), { kind: 'video', gif: true }],
      ['audio', tone(), { kind: 'audio' }],
      ['voice', voice(), { kind: 'voice' }],
      ['document', { ...leaflet(), caption: 'Our prices.' }, { kind: 'document', caption: 'Our prices.', media: { filename: 'price list.pdf', mimetype: 'application/pdf' } }],
      ['document', picture([1, 2, 3]), { kind: 'document', media: { mimetype: 'image/png' } }],
    ] as const)('%s is on the customer’s phone as what it is, byte for byte, and told here as the same', async (as, sample, expected) => {
      const customer = await meet();
      const { id, arrived } = await send(customer, as, sample);
      expect(arrived.content).toMatchObject(expected);
      expect((await bytesOf(arrived)).equals(sample.bytes)).toBe(true);
      expect((await seen(id)).content).toMatchObject({ kind: expected.kind, ...('gif' in expected ? { gif: true } : {}) });
    });

    test('a picture goes out as a sticker in WebP, and a sticker that is WebP already goes as it is', async () => {
      const customer = await meet();
      const { arrived } = await send(customer, 'sticker', picture([90, 200, 20]));
      const webp = await bytesOf(arrived);
      expect(arrived.content).toMatchObject({ kind: 'sticker', media: { mimetype: 'image/webp' } });
      expect(webp.subarray(8, 12).toString()).toBe('WEBP');
      const again = await send(customer, 'sticker', { bytes: webp, mimetype: 'image/webp', filename: 'sticker.webp' });
      expect(again.arrived.content).toMatchObject({ kind: 'sticker' });
      expect((await bytesOf(again.arrived)).equals(webp)).toBe(true);
      expect((await seen(again.id)).content).toMatchObject({ kind: 'sticker' });
    });

    test('a picture and a video for one look are so on the customer’s phone, and what comes for one look is told as such', async () => {
      const customer = await meet();
      for (const [as, sample] of [['image', picture([7, 7, 7])], ['video', clip()]] as const) expect((await send(customer, as, { ...sample, viewOnce: true })).arrived.content).toMatchObject({ kind: as, viewOnce: true });
      const id = customer.send(shop.address, { kind: 'image', media: await world.upload(picture([8, 8, 8])), viewOnce: true });
      expect((await seen(id)).content).toMatchObject({ kind: 'image', viewOnce: true });
    });

    test('ticks are told up to played', async () => {
      const customer = await meet();
      const { id } = await send(customer, 'voice', voice());
      const until = (ack: number) => driven.until('message.acked', (event) => event.key.id === id && event.ack === ack);
      customer.act('message.read', { chat: shop.address });
      await until(3);
      customer.act('message.played', { message: { chat: shop.address, id } });
      expect(await until(4)).toEqual({ type: 'message.acked', key: { chat: chatWith(customer), fromMe: true, id }, ack: 4 });
      expect(await driven.driver.find(chatWith(customer), id)).toMatchObject({ ack: 4 });
    });

    test('a caption is edited from both sides, and what was deleted for everyone is gone on both', async () => {
      const customer = await meet();
      const { id } = await send(customer, 'image', { ...picture([9, 9, 9]), caption: 'Frist' });
      const key = { chat: chatWith(customer), fromMe: true, id };
      await driven.driver.edit(key, 'First');
      await customer.until(shop.address, (message) => message.key.id === id && message.content.kind === 'image' && message.content.caption === 'First', 'the caption');
      await driven.driver.revoke(key);
      await customer.until(shop.address, (message) => message.key.id === id && message.content.kind === 'revoked', 'the deleted picture');
      await driven.until('message.seen', ({ message }) => message.key.id === id && message.content.kind === 'revoked');
      const theirs = customer.send(shop.address, { kind: 'image', media: await world.upload(picture([6, 6, 6])), caption: 'Mien' });
      await seen(theirs);
      customer.act('message.edit', { message: { chat: shop.address, id: theirs }, text: 'Mine' });
      await driven.until('message.seen', ({ message }) => message.key.id === theirs && message.content.kind === 'image' && message.content.caption === 'Mine');
      customer.act('message.revoke', { message: { chat: shop.address, id: theirs } });
      await driven.until('message.seen', ({ message }) => message.key.id === theirs && message.content.kind === 'revoked');
      // What the shop deletes for itself on its phone is hidden here as well.
      const hidden = await seen(customer.say(shop.address, 'Only I have this.'));
      shop.act('message.hide', { messages: [{ chat: customer.address, id: hidden.key.id }] });
      expect(await driven.until('message.hidden', (event) => event.key.id === hidden.key.id)).toEqual({ type: 'message.hidden', key: hidden.key });
    });

    test('a status and a channel are no messages, are not read back, and change no chat', async () => {
      const customer = await meet();
      customer.act('contact.save', { phone: shop.number, firstName: 'The shop' });
      shop.act('contact.save', { phone: customer.number, firstName: 'A customer' });
      const before = await driven.driver.listChanged(0);
      const [status, post] = ['On holiday until May', 'Market on Saturday'];
      customer.act('status.post', { content: { kind: 'text', text: status } });
      customer.act('channel.post', { channel: '120363000000000001@newsletter', name: 'Market news', followers: [shop.address], content: { kind: 'text', text: post } });
      const [page] = await driven.browser.pages();
      const isInPage = `[...window.require('WAWebCollections').Msg.getModelsArray()].filter((msg) => ['${status}', '${post}'].includes(msg.body)).length`;
      await expect.poll(() => page?.evaluate(isInPage), { timeout: 5_000 }).toBe(2);
      await seen(customer.say(shop.address, 'Saw it?'));
      expect(JSON.stringify(driven.told).match(new RegExp(`${status}|${post}|newsletter|broadcast`))).toBeNull();
      const after = await driven.driver.listChanged(0);
      expect(after.map(({ chat }) => JSON.stringify(chat)).toSorted()).toEqual(before.map(({ chat }) => JSON.stringify(chat)).toSorted());
      const read = await Promise.all(after.map(({ chat }) => driven.driver.readBack(chat, { since: 0, limit: 100 })));
      expect(JSON.stringify(read).match(new RegExp(`${status}|${post}`))).toBeNull();
      expect([await driven.driver.hears(), driven.all('broken'), driven.all('unreadable')]).toEqual([true, [], []]);
    });
  });
});

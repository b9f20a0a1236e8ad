import type { Chat } from '@waxos/contract/node-link/identities';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { inEachOrder } from '@waxos/sandbox/conformance/testing/use-shop';
import { openWorld } from '@waxos/sandbox/conformance/testing/world';
import { expect, onTestFinished, test } from 'vitest';
import { drive, linkDriven } from './testing/drive.ts';

let ids = 0;
const newId = (): string => `3EB0E${String(++ids).padStart(17, '0')}`;
const soon = (): number => Date.now() + 60_000;

inOneChromium((chromium) => {
  inEachOrder(({ offlineBeforeSync, addressing }) => {
    const enter = async () => {
      const world = await openWorld({ offlineBeforeSync });
      onTestFinished(() => world.close());
      const [shop, customer] = [world.newPhone({ addressing }), world.newPhone({ addressing })];
      const chat: Chat = { kind: 'person', person: { phone: customer.number, lid: customer.account } };
      return { world, shop, customer, chat };
    };

    test('what was reacted, voted, edited, deleted, ticked and written while nobody was there is read back (fault 2)', async () => {
      const { world, shop, customer, chat } = await enter();
      const first = await linkDriven(world, shop, { chromium });
      onTestFinished(() => first.close());
      const [asked, wrong, gone] = ['Till when?', 'Tow boxes', 'Never mind'].map((text) => customer.say(shop.address, text));
      const [own, poll] = [newId(), newId()];
      await first.until('message.seen', ({ message }) => message.key.id === gone);
      await first.driver.send({ chat, id: own, content: { kind: 'text', text: 'Till 6.' }, notAfter: soon() });
      await first.driver.send({ chat, id: poll, content: { kind: 'poll', question: 'When?', options: ['Today', 'Tomorrow'], several: true }, notAfter: soon() });
      await first.close('keep');

      const here = shop.address;
      customer.act('message.react', { message: { chat: here, id: own }, emoji: '👍' });
      customer.act('message.vote', { message: { chat: here, id: poll }, options: [1] });
      customer.act('message.edit', { message: { chat: here, id: wrong ?? '' }, text: 'Two boxes' });
      customer.act('message.revoke', { message: { chat: here, id: gone ?? '' } });
      customer.act('message.read', { chat: here });
      const late = customer.say(here, 'Are you there?');
      shop.act('message.react', { message: { chat: customer.address, id: asked ?? '' }, emoji: '❤️' });
      const phoned = shop.say(customer.address, 'From the phone.');

      const again = await drive(world, chromium, { dir: first.dir });
      onTestFinished(() => again.close());
      await again.driver.open();
      await again.until('ready');
      await again.until('message.seen', ({ message }) => message.key.id === phoned);
      expect(await again.driver.listChanged(0)).toEqual([expect.objectContaining({ chat })]);
      const read = await again.driver.readBack(chat, { since: 0, limit: 50 });
      const by = { phone: customer.number, lid: customer.account };
      const found = (id: string | undefined) => read.find(({ key }) => key.id === id);
      expect(read.map(({ key }) => key.id)).toEqual([asked, wrong, gone, own, poll, late, phoned]);
      expect(found(asked)).toMatchObject({ reactions: [{ by: { phone: shop.number, lid: shop.account }, emoji: '❤️' }] });
      expect(found(wrong)).toMatchObject({ content: { kind: 'text', text: 'Two boxes' }, editedAt: expect.any(Number) });
      expect(found(gone)).toMatchObject({ content: { kind: 'revoked' } });
      expect(found(own)).toMatchObject({ ack: 3, reactions: [{ by, emoji: '👍', at: expect.any(Number) }] });
      expect(found(poll)).toMatchObject({ ack: 3, votes: [{ by, options: [1], at: expect.any(Number) }] });
      expect(found(late)?.key).toEqual({ chat, fromMe: false, id: late });
      expect(found(phoned)?.key).toEqual({ chat, fromMe: true, id: phoned });
    });

    test('what was said before the device was linked gives no event, and is read back from its history (fault 2)', async () => {
      const { world, shop, customer, chat } = await enter();
      const said = Array.from({ length: 30 }, (_none, index) => (index % 3 === 0 ? shop.say(customer.address, `Answer ${index}`) : customer.say(shop.address, `Question ${index}`)));
      customer.act('message.react', { message: { chat: shop.address, id: said[0] ?? '' }, emoji: '👍' });
      const driven = await linkDriven(world, shop, { chromium });
      onTestFinished(() => driven.close());
      expect(driven.all('message.seen')).toEqual([]);
      expect(await driven.driver.listChanged(0)).toEqual([expect.objectContaining({ chat })]);
      const read = await driven.driver.readBack(chat, { since: 0, limit: 100 });
      expect(read.map(({ key }) => key.id)).toEqual(said);
      expect(read[0]?.reactions).toEqual([{ by: { phone: customer.number, lid: customer.account }, emoji: '👍', at: expect.any(Number) }]);
      expect(driven.all('broken')).toEqual([]);
    });
  });

  test('somebody’s new number is told, and what they write under it comes by the same LID', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const [shop, customer] = [world.newPhone({ addressing: 'lid' }), world.newPhone({ addressing: 'lid' })];
    const driven = await linkDriven(world, shop, { chromium });
    onTestFinished(() => driven.close());
    const before = customer.say(shop.address, 'My old number');
    await driven.until('message.seen', ({ message }) => message.key.id === before);
    customer.act('phone.changeNumber', { phone: '4915519999999' });
    const after = customer.say(shop.address, 'My new number');
    const { message } = await driven.until('message.seen', (event) => event.message.key.id === after);
    expect(message.key.chat).toEqual({ kind: 'person', person: { phone: '4915519999999', lid: customer.account } });
  });
});

import { buffer } from 'node:stream/consumers';
import type { Chat } from '@waxos/contract/node-link/identities';
import { waitFor } from '@waxos/process/poll';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { picture } from '@waxos/sandbox/conformance/testing/samples';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { drive, linkDriven, type Driven } from './testing/drive.ts';

const personOf = (phone: Phone) => ({ phone: phone.number, lid: phone.account });
const chatWith = (phone: Phone): Chat => ({ kind: 'person', person: personOf(phone) });
const groupOf = (address: string): string => address.replace('@g.us', '');
const portrait = (): { small: string; large: string; bytes: Buffer } => {
  const { bytes } = picture([90, 120, 30]);
  return { small: bytes.toString('base64'), large: bytes.toString('base64'), bytes };
};

inOneChromium((chromium) => {
  for (const addressing of ['phone', 'lid'] as const) {
    describe(`where chats go by ${addressing}`, () => {
      let [world, shop, driven]: [World, Phone, Driven] = [] as never;
      const newPhone = (): Phone => world.newPhone({ addressing });
      const meet = async (): Promise<Phone> => {
        const customer = newPhone();
        const id = customer.say(shop.address, 'hello');
        await driven.until('message.seen', ({ message }) => message.key.id === id);
        return customer;
      };
      beforeAll(async () => {
        world = await openWorld();
        shop = newPhone();
        driven = await linkDriven(world, shop, { chromium });
      });
      afterAll(async () => {
        await driven?.close();
        await world?.close();
      });

      test('who types, records, comes and goes in a watched chat is told, by both addresses, and in no other chat', async () => {
        const [customer, other] = [await meet(), await meet()];
        await driven.driver.watchChat(chatWith(customer));
        other.act('phone.typing', { chat: shop.address, state: 'typing' });
        customer.act('phone.present', { available: true });
        await driven.until('chat.presence', ({ by, state }) => by.lid === customer.account && state === 'online');
        for (const state of ['typing', 'recording', 'paused'] as const) {
          customer.act('phone.typing', { chat: shop.address, state });
          await driven.until('chat.presence', (event) => event.by.lid === customer.account && event.state === state);
        }
        customer.act('phone.present', { available: false });
        const gone = await driven.until('chat.presence', ({ by, state }) => by.lid === customer.account && state === 'offline');
        expect(gone).toEqual({ type: 'chat.presence', chat: chatWith(customer), by: personOf(customer), state: 'offline', lastSeen: expect.any(Number) });
        expect(driven.all('chat.presence').map(({ by, state }) => [by.lid, state])).toEqual(['online', 'typing', 'recording', 'paused', 'offline'].map((state) => [customer.account, state]));
      });

      test('in a watched group it is told who types', async () => {
        const [one, two] = [await meet(), await meet()];
        const group = one.act('group.create', { subject: 'Typists', participants: [shop.address, two.address] }).group.id;
        const id = two.say(group, 'Hello all');
        const { message } = await driven.until('message.seen', (event) => event.message.key.id === id);
        await driven.driver.watchChat(message.key.chat);
        two.act('phone.typing', { chat: group, state: 'typing' });
        expect(await driven.until('chat.presence', ({ chat }) => chat.kind === 'group')).toEqual({ type: 'chat.presence', chat: message.key.chat, by: personOf(two), state: 'typing' });
      });

      test('while a chat is watched the shop is shown as online, also after a chat was read', async () => {
        const customer = await meet();
        const other = await meet();
        await driven.driver.watchChat(chatWith(other));
        await driven.driver.markRead(chatWith(customer));
        await customer.until(shop.address, (message) => message.ack >= 3, 'the message read');
        await driven.driver.ping();
        expect(customer.act('presence.get', { person: shop.address })).toEqual({ available: true });
      });

      test('a group tells its subject, description, settings and members, when asked and when they change', async () => {
        const [one, two, three] = [await meet(), await meet(), await meet()];
        const address = one.act('group.create', { subject: 'Regulars', participants: [shop.address, two.address] }).group.id;
        const group = groupOf(address);
        const created = await driven.until('group.changed', (event) => event.group === group);
        expect(created).toMatchObject({ subject: 'Regulars', onlyAdminsSend: false, onlyAdminsEdit: false });
        expect(created.members?.toSorted((a, b) => (a.person.lid ?? '').localeCompare(b.person.lid ?? ''))).toEqual(
          [{ person: personOf(one), role: 'owner' }, { person: personOf(two), role: 'member' }, { person: personOf(shop), role: 'member' }].toSorted((a, b) => (a.person.lid ?? '').localeCompare(b.person.lid ?? '')),
        );
        one.act('group.subject', { group: address, subject: 'Friends' });
        await driven.until('group.changed', (event) => event.group === group && event.subject === 'Friends');
        one.act('group.description', { group: address, description: 'Of the shop' });
        await driven.until('group.changed', (event) => event.group === group && event.description === 'Of the shop');
        one.act('group.settings', { group: address, announce: true, restrict: true });
        await driven.until('group.changed', (event) => event.group === group && event.onlyAdminsSend === true && event.onlyAdminsEdit === true);
        one.act('group.add', { group: address, people: [three.address] });
        await driven.until('group.changed', (event) => event.group === group && event.members?.some(({ person }) => person.lid === three.account) === true);
        one.act('group.promote', { group: address, people: [three.address] });
        await driven.until('group.changed', (event) => event.group === group && event.members?.some(({ person, role }) => person.lid === three.account && role === 'admin') === true);
        one.act('group.remove', { group: address, people: [two.address] });
        await driven.until('group.changed', (event) => event.group === group && event.members?.some(({ person }) => person.lid === two.account) === false);
        expect(await driven.driver.readGroup(group)).toMatchObject({ type: 'group.changed', group, subject: 'Friends', description: 'Of the shop', members: expect.arrayContaining([{ person: personOf(three), role: 'admin' }]) });
        await expect(driven.driver.readGroup('120363999999999999')).rejects.toMatchObject({ name: 'DriverRefusal' });
      });

      test('what people are called is told, once for each name, and again only when it is another', async () => {
        const customer = world.newPhone({ addressing, name: 'Optik Linden', business: { description: 'Glasses', category: 'Optician' } });
        const id = customer.say(shop.address, 'hello');
        await driven.until('message.seen', ({ message }) => message.key.id === id);
        const told = () => driven.all('person.changed').filter(({ person }) => person.lid === customer.account);
        await driven.until('person.changed', ({ person, pushName, business }) => person.lid === customer.account && pushName === 'Optik Linden' && business === true);
        shop.act('contact.save', { phone: customer.number, firstName: 'Linden', lastName: 'Optik' });
        await driven.until('person.changed', ({ person, name }) => person.lid === customer.account && name === 'Linden Optik');
        customer.act('profile.name', { name: 'Optik am Park' });
        expect(await driven.until('person.changed', ({ pushName }) => pushName === 'Optik am Park')).toEqual({ type: 'person.changed', person: personOf(customer), name: 'Linden Optik', pushName: 'Optik am Park', business: true });
        await driven.driver.ping();
        expect(new Set(told().map((event) => JSON.stringify(event))).size).toBe(told().length);
        expect(driven.all('person.changed').some(({ person }) => person.lid === shop.account)).toBe(false);
      });

      test('a picture is fetched as its bytes, one that is not there is none, and a new one is told', async () => {
        const customer = await meet();
        const { signal } = new AbortController();
        expect(await driven.driver.fetchPicture(chatWith(customer), signal)).toBe('none');
        const { bytes, ...sizes } = portrait();
        customer.act('picture.set', { of: customer.byPhone, ...sizes });
        await driven.until('picture.changed', ({ chat, has }) => chat.kind === 'person' && chat.person.lid === customer.account && has);
        // As the node has it: the page itself loads no pictures.
        const [page] = await driven.browser.pages();
        const blocking = await page?.createCDPSession();
        await blocking?.send('Network.enable');
        await blocking?.send('Network.setBlockedURLs', { urls: ['*://*/pictures/*'] });
        const fetched = await driven.driver.fetchPicture(chatWith(customer), signal);
        if (fetched === 'none') throw new Error('there is one');
        expect(fetched.mimetype).toBe('image/jpeg');
        expect((await buffer(fetched.bytes)).equals(bytes)).toBe(true);
        customer.act('picture.remove', { of: customer.byPhone });
        expect(await driven.until('picture.changed', ({ has }) => !has)).toEqual({ type: 'picture.changed', chat: chatWith(customer), has: false });
      });

      test('a group’s new picture is told, and fetched', async () => {
        const one = await meet();
        const address = one.act('group.create', { subject: 'Pictured', participants: [shop.address] }).group.id;
        const chat: Chat = { kind: 'group', group: groupOf(address) };
        await driven.until('group.changed', (event) => event.group === chat.group);
        const { bytes, ...sizes } = portrait();
        one.act('picture.set', { of: address, ...sizes });
        await driven.until('picture.changed', (event) => event.chat.kind === 'group' && event.chat.group === chat.group && event.has);
        const fetched = await driven.driver.fetchPicture(chat, new AbortController().signal);
        expect(fetched === 'none' ? 0 : (await buffer(fetched.bytes)).length).toBe(bytes.length);
      });

      test('a call that comes in is told, and can be rejected', async () => {
        const customer = await meet();
        const { id } = customer.act('call.offer', { to: shop.address, video: true });
        const call = await driven.until('call.noticed', (event) => event.id === id);
        expect(call).toEqual({ type: 'call.noticed', from: personOf(customer), id, video: true, group: false });
        await driven.driver.rejectCall({ id, from: call.from });
        await world.untilLedger('call.ended', (entry) => entry.id === id && entry.how === 'rejected' && entry.who === shop.account);
        expect(driven.all('call.noticed').filter((event) => event.id === id)).toHaveLength(1);
      });
    });
  }

  test('what was told of people, groups and chats before a restart is not told again, and what changed meanwhile is', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const [shop, one, two] = [world.newPhone(), world.newPhone(), world.newPhone()];
    const first = await linkDriven(world, shop, { chromium });
    onTestFinished(() => first.close());
    shop.act('contact.save', { phone: one.number, firstName: 'One' });
    shop.act('contact.save', { phone: two.number, firstName: 'Two' });
    const address = one.act('group.create', { subject: 'Both', participants: [shop.address, two.address] }).group.id;
    await first.until('group.changed');
    await first.until('person.changed', ({ name }) => name === 'Two');
    const [page] = await first.browser.pages();
    await waitFor(async () => ((await page?.evaluate(`localStorage.getItem('waxos-told')?.includes('${address}') === true`)) === true ? true : undefined), { timeoutMs: 5_000, what: 'the page to remember it' });
    await first.close('keep');
    shop.act('contact.save', { phone: two.number, firstName: 'Zwei' });
    const again = await linkAgain(world, first.dir);
    await again.until('person.changed', ({ name }) => name === 'Zwei');
    await again.driver.ping();
    expect([again.all('group.changed'), again.all('person.changed').map(({ name }) => name)]).toEqual([[], ['Zwei']]);
  });

  const linkAgain = async (world: World, dir: string): Promise<Driven> => {
    const driven = await drive(world, chromium, { dir });
    onTestFinished(() => driven.close());
    await driven.driver.open();
    await driven.until('ready');
    return driven;
  };
});

import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('whoever has written is a contact, by the name given to itself', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    const contact = await shop.client.getContactById(customer.address);
    expect(contact).toMatchObject({ number: customer.number, pushname: customer.name, isMe: false, isUser: true, isGroup: false, isWAContact: true, isMyContact: false, isBusiness: false, isBlocked: false });
    expect((await shop.client.getContacts()).map(({ number }) => number)).toContain(customer.number);
    expect((await contact.getChat()).id._serialized).toBe(customer.address);
    expect((await shop.client.getContactById(shop.phone.byPhone)).isMe).toBe(true);
  });

  test('a contact is saved in the address book and deleted from it, on the phone too', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    await shop.client.saveOrEditAddressbookContact(customer.number, 'Tea', 'Supplier', true);
    const saved = await shop.world.untilLedger('contact.changed', ({ account, person, saved: entry }) => account === shop.phone.account && person === customer.account && entry !== undefined && entry !== null);
    expect(saved.saved).toEqual({ firstName: 'Tea', lastName: 'Supplier' });
    const named = await waitFor(
      async () => {
        const contact = await shop.client.getContactById(customer.byPhone);
        return contact.isMyContact ? contact : undefined;
      },
      { timeoutMs: 5_000, what: 'a saved contact' },
    );
    expect(named.name).toBe('Tea Supplier');
    expect(shop.phone.view().contacts.find(({ lid }) => lid === customer.byLid)?.name).toBe('Tea Supplier');
    await shop.client.deleteAddressbookContact(customer.byPhone);
    await shop.world.untilLedger('contact.changed', ({ person, saved: entry }) => person === customer.account && entry === null);
    await waitFor(async () => ((await shop.client.getContactById(customer.byPhone)).isMyContact ? undefined : true), { timeoutMs: 5_000, what: 'a stranger' });
  });

  test('a blocked contact can send nothing, is listed, and can write again when it is unblocked', async () => {
    const customer = shop.customer();
    const contact = await (await receive(shop, customer, 'hello')).getContact();
    expect(await contact.block()).toBe(true);
    await shop.world.untilLedger('contact.changed', ({ person, blocked }) => person === customer.account && blocked === true);
    await waitFor(async () => ((await shop.client.getContactById(customer.address)).isBlocked ? true : undefined), { timeoutMs: 5_000, what: 'a blocked contact' });
    const blocked = await shop.client.getBlockedContacts();
    expect(blocked.map(({ number }) => number)).toEqual([customer.number]);
    // The library makes these contacts without a client (fault 11).
    expect(blocked[0] !== undefined && 'client' in blocked[0] ? blocked[0].client : undefined).toBeUndefined();
    const unheard = customer.say(shop.phone.address, 'Do you hear me?');
    expect(await contact.unblock()).toBe(true);
    await waitFor(async () => ((await shop.client.getBlockedContacts()).length === 0 ? true : undefined), { timeoutMs: 5_000, what: 'nobody blocked' });
    await receive(shop, customer, 'And now?');
    expect(shop.ear.all('message').filter(([{ id }]) => id.id === unheard)).toEqual([]);
    expect(customer.thread(shop.phone.address).find(({ key }) => key.id === unheard)?.ack).toBe(1);
  });

  test('whether a number is on WhatsApp is told, with its address', async () => {
    const customer = shop.customer();
    expect(await shop.client.isRegisteredUser(customer.byPhone)).toBe(true);
    expect((await shop.client.getNumberId(customer.number))?._serialized).toBe(customer.byPhone);
    expect(await shop.client.isRegisteredUser('4999999997@c.us')).toBe(false);
    expect(await shop.client.getNumberId('4999999997')).toBeNull();
    expect(shop.world.network.accounts().some(({ account }) => account === customer.account)).toBe(true);
  });

  test('a number is written as people write it, and its country is told', async () => {
    const customer = shop.customer();
    const contact = await (await receive(shop, customer, 'hello')).getContact();
    const formatted = await shop.client.getFormattedNumber(customer.byPhone);
    expect(formatted.replaceAll(/\D/g, '')).toBe(customer.number);
    expect(formatted).toMatch(/^\+49 /);
    expect(await contact.getFormattedNumber()).toBe(formatted);
    expect([await shop.client.getCountryCode('+49 15510000001'), await contact.getCountryCode()]).toEqual(['49', '49']);
    expect(await shop.client.getCountryCode('12025550108')).toBe('1');
  });

  test('both addresses of people are told, whichever is asked by', async () => {
    const [customer, other] = [shop.customer(), shop.customer({ addressing: 'lid' })];
    await receive(shop, customer, 'hello');
    await receive(shop, other, 'hello');
    const both = (phone: typeof customer) => ({ lid: phone.byLid, pn: phone.byPhone });
    expect(await shop.client.getContactLidAndPhone([customer.byPhone, other.byLid])).toEqual([both(customer), both(other)]);
    expect(await shop.client.getContactLidAndPhone([customer.byLid, other.byPhone])).toEqual([both(customer), both(other)]);
  });

  test('what a contact says about itself is told', async () => {
    const customer = shop.customer({ about: 'Only calls after five' });
    const contact = await (await receive(shop, customer, 'hello')).getContact();
    expect(await contact.getAbout()).toBe('Only calls after five');
    customer.act('profile.about', { about: 'Back from the fair' });
    await waitFor(async () => ((await contact.getAbout()) === 'Back from the fair' ? true : undefined), { timeoutMs: 5_000, what: 'the new words' });
  });

  test('the groups that a contact shares with the shop are told', async () => {
    const customer = shop.customer();
    const contact = await (await receive(shop, customer, 'hello')).getContact();
    expect(await contact.getCommonGroups()).toEqual([]);
    const other = shop.customer();
    await receive(shop, other, 'hello');
    const { group } = other.act('group.create', { subject: 'Shared', participants: [shop.phone.address] });
    expect((await shop.client.getCommonGroups(other.address)).map((id) => JSON.stringify(id)).join()).toContain(group.id.replace('@g.us', ''));
    expect(customer.view().chats.some(({ id }) => id === group.id)).toBe(false);
  });

  test('how many devices a contact has is told', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    expect(await shop.client.getContactDeviceCount(customer.address)).toBe(1);
    expect(await shop.client.getContactDeviceCount(shop.phone.byPhone)).toBe(1 + shop.phone.view().devices.length);
  });
});

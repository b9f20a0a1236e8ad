import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop, type Shop } from './testing/use-shop.ts';

/** A chat that a customer has begun. */
const begin = async (shop: Shop) => {
  const customer = shop.customer();
  const chat = await (await receive(shop, customer, 'hello')).getChat();
  return { customer, chat, id: customer.address };
};

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('chats are listed with their names, unread counts and last messages', async () => {
    const customers = [shop.customer(), shop.customer()];
    for (const customer of customers) await receive(shop, customer, `from ${customer.number}`);
    const chats = await waitFor(
      async () => {
        const found = (await shop.client.getChats()).filter(({ id }) => customers.some(({ address }) => address === id._serialized));
        return found.every(({ unreadCount }) => unreadCount === 1) && found.length === 2 ? found : undefined;
      },
      { timeoutMs: 10_000, what: 'two chats with one unread message each' },
    );
    for (const customer of customers) {
      const chat = chats.find(({ id }) => id._serialized === customer.address);
      expect(chat).toMatchObject({ isGroup: false, unreadCount: 1, archived: false, pinned: false, isMuted: false, lastMessage: { body: `from ${customer.number}` } });
      expect(chat?.timestamp).toBe(shop.phone.view().chats.find(({ id }) => id === customer.address)?.at);
    }
  });

  test('a chat is archived and taken out again, by the client and on the phone', async () => {
    const { chat, id } = await begin(shop);
    expect(await shop.client.archiveChat(id)).toBe(true);
    await shop.phone.untilChat(id, ({ archived }) => archived === true, 'an archived chat');
    const [told, now] = await shop.ear.until('chat_archived', ({ id: one }, state) => one._serialized === id && state);
    expect([told.archived, now]).toEqual([true, true]);
    expect(await shop.client.unarchiveChat(id)).toBe(false);
    await shop.phone.untilChat(id, ({ archived }) => archived !== true, 'a chat out of the archive');
    await chat.archive();
    await shop.phone.untilChat(id, ({ archived }) => archived === true, 'an archived chat');
    await chat.unarchive();
    await shop.phone.untilChat(id, ({ archived }) => archived !== true, 'a chat out of the archive');
    shop.phone.act('chat.archive', { chat: id, archived: true });
    await waitFor(async () => ((await shop.client.getChatById(id)).archived ? true : undefined), { timeoutMs: 5_000, what: 'the client to see it archived' });
  });

  test('a chat is pinned and unpinned', async () => {
    const { chat, id } = await begin(shop);
    expect(await shop.client.pinChat(id)).toBe(true);
    await shop.phone.untilChat(id, ({ pinnedAt }) => (pinnedAt ?? 0) > 0, 'a pinned chat');
    expect((await shop.client.getChatById(id)).pinned).toBe(true);
    expect(await shop.client.unpinChat(id)).toBe(false);
    await shop.phone.untilChat(id, ({ pinnedAt }) => !pinnedAt, 'no pin');
    expect(await chat.pin()).toBe(true);
    await shop.phone.untilChat(id, ({ pinnedAt }) => (pinnedAt ?? 0) > 0, 'a pinned chat');
    expect(await chat.unpin()).toBe(false);
    await shop.phone.untilChat(id, ({ pinnedAt }) => !pinnedAt, 'no pin');
  });

  test('a chat is muted for ever or until a day, and unmuted', async () => {
    const { chat, id } = await begin(shop);
    expect(await shop.client.muteChat(id)).toEqual({ isMuted: true, muteExpiration: -1 });
    await shop.phone.untilChat(id, ({ mutedUntil }) => mutedUntil === -1, 'a muted chat');
    expect(await shop.client.unmuteChat(id)).toEqual({ isMuted: false, muteExpiration: 0 });
    await shop.phone.untilChat(id, ({ mutedUntil }) => !mutedUntil, 'an unmuted chat');
    const until = new Date('2033-01-01T00:00:00Z');
    expect(await chat.mute(until)).toEqual({ isMuted: true, muteExpiration: until.getTime() / 1000 });
    await shop.phone.untilChat(id, ({ mutedUntil }) => mutedUntil === until.getTime() / 1000, 'a chat muted until 2033');
    await chat.unmute();
    await shop.phone.untilChat(id, ({ mutedUntil }) => !mutedUntil, 'an unmuted chat');
    expect((await shop.client.getChatById(id)).isMuted).toBe(false);
  });

  test('a chat is marked as unread', async () => {
    const { chat, id } = await begin(shop);
    await shop.client.sendSeen(id);
    await shop.phone.untilChat(id, ({ unread }) => unread === 0, 'nothing unread');
    await shop.client.markChatUnread(id);
    await shop.phone.untilChat(id, ({ markedUnread }) => markedUnread === true, 'a mark');
    expect((await shop.client.getChatById(id)).unreadCount).toBe(-1);
    await shop.client.sendSeen(id);
    await shop.phone.untilChat(id, ({ markedUnread }) => markedUnread !== true, 'no mark');
    await chat.markUnread();
    await shop.phone.untilChat(id, ({ markedUnread }) => markedUnread === true, 'a mark again');
  });

  test('a chat is emptied for the shop, and stays as it is for the customer', async () => {
    const { customer, chat, id } = await begin(shop);
    expect(await chat.clearMessages()).toBe(true);
    await waitFor(() => (shop.phone.thread(id).length === 0 ? true : undefined), { timeoutMs: 5_000, what: 'an empty chat' });
    expect(await chat.fetchMessages({ limit: 10 })).toEqual([]);
    expect(customer.thread(shop.phone.address)).toHaveLength(1);
  });

  test('a chat is deleted for the shop, which is told, and comes back with the next message', async () => {
    const { customer, chat, id } = await begin(shop);
    expect(await chat.delete()).toBe(true);
    await waitFor(() => (shop.phone.view().chats.some((one) => one.id === id) ? undefined : true), { timeoutMs: 5_000, what: 'the chat to be gone' });
    await shop.ear.until('chat_removed', ({ id: one }) => one._serialized === id);
    await receive(shop, customer, 'Still there?');
    const again = await shop.client.getChatById(id);
    expect((await again.fetchMessages({ limit: 10 })).map(({ body }) => body)).toEqual(['Still there?']);
    expect(customer.thread(shop.phone.address)).toHaveLength(2);
  });

  test('messages are fetched newest last, as many as asked for, and of one side where that is wanted', async () => {
    const { customer, chat, id } = await begin(shop);
    for (const text of ['one', 'two']) {
      shop.world.pass(2_000);
      shop.phone.say(id, text);
    }
    shop.world.pass(2_000);
    await receive(shop, customer, 'three');
    const bodies = async (options: { limit?: number; fromMe?: boolean }): Promise<string[]> => (await chat.fetchMessages(options)).map(({ body }) => body);
    expect(await bodies({ limit: 10 })).toEqual(['hello', 'one', 'two', 'three']);
    expect(await bodies({ limit: 2 })).toEqual(['two', 'three']);
    expect(await bodies({ limit: 10, fromMe: true })).toEqual(['one', 'two']);
    expect(customer.thread(shop.phone.address)).toHaveLength(4);
  });

  test('of messages of one second, a limit keeps the oldest, the other way round (the library sorts by seconds)', async () => {
    shop.world.stop();
    const { customer, chat } = await begin(shop);
    for (const text of ['one', 'two', 'three']) await receive(shop, customer, text);
    shop.world.go();
    const bodies = async (limit: number): Promise<string[]> => (await chat.fetchMessages({ limit })).map(({ body }) => body);
    expect(await bodies(4)).toEqual(['hello', 'one', 'two', 'three']);
    expect(await bodies(2)).toEqual(['one', 'hello']);
    expect(new Set(customer.thread(shop.phone.address).map(({ at }) => at)).size).toBe(1);
  });

  test('a chat tells its contact', async () => {
    const { customer, chat } = await begin(shop);
    const contact = await chat.getContact();
    expect([contact.pushname, contact.number]).toEqual([customer.name, customer.number]);
    expect(shop.phone.view().chats.find(({ id }) => id === customer.address)?.title).toContain(customer.name);
  });

  test('what is downloaded by itself, and whether it syncs in the background, is set', async () => {
    const { client } = shop;
    const read = (name: string): Promise<unknown> => shop.device.ask(`window.require('WAWebUserPrefsGeneral').getAutoDownload${name}()`);
    for (const flag of [false, true]) {
      await client.setAutoDownloadAudio(flag);
      await client.setAutoDownloadDocuments(flag);
      await client.setAutoDownloadPhotos(flag);
      await client.setAutoDownloadVideos(flag);
      expect(await Promise.all(['Audio', 'Documents', 'Photos', 'Videos'].map(read))).toEqual([flag, flag, flag, flag]);
      expect(await client.setBackgroundSync(flag)).toBe(flag);
      expect(await shop.device.ask(`window.require('WAWebUserPrefsNotifications').getGlobalOfflineNotifications()`)).toBe(flag);
    }
  });
});

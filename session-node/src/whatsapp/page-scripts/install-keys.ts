import type { Page, PageChat, PageChatName, PageKey, PageMessageKey, PageMsg, PagePerson } from './page.ts';

/** Names of chats and messages, and finding them by either address of a person. */
export const installKeys = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const { addressOf, person } = waxos;

  const me = (): PagePerson | undefined => {
    const { getMaybeMePnUser, getMaybeMeLidUser } = page.require('WAWebUserPrefsMeUser');
    const [phone, lid] = [getMaybeMePnUser(), getMaybeMeLidUser()].map((wid) => (wid ? addressOf(wid).split('@')[0] : undefined));
    return phone === undefined && lid === undefined ? undefined : { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) };
  };
  const chat = (wid: unknown): PageChatName | undefined => {
    const address = addressOf(wid);
    if (address.endsWith('@g.us')) return { kind: 'group', group: address.slice(0, -5) };
    const found = person(address);
    return found === undefined ? undefined : { kind: 'person', person: found };
  };
  const keyText = ({ fromMe, remote, id, participant }: PageKey): string => `${fromMe}_${addressOf(remote)}_${id}${participant ? `_${addressOf(participant)}` : ''}`;
  const keyOf = (key: PageKey, author?: unknown): PageMessageKey => {
    const named = chat(key.remote);
    if (named === undefined) throw new Error('a chat without an address');
    const by = named.kind === 'person' ? undefined : key.fromMe ? me() : person(key.participant ?? author);
    return { chat: named, fromMe: key.fromMe, id: key.id, ...(by === undefined ? {} : { author: by }) };
  };
  const addresses = ({ phone, lid }: PagePerson): string[] => {
    const given = lid === undefined ? `${phone}@c.us` : `${lid}@lid`;
    const both = { ...person(given), ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) };
    return [...(both.lid === undefined ? [] : [`${both.lid}@lid`]), ...(both.phone === undefined ? [] : [`${both.phone}@c.us`])];
  };
  const chatAddresses = (name: PageChatName): string[] => (name.kind === 'group' ? [`${name.group}@g.us`] : addresses(name.person));
  const findChat = async (name: PageChatName, make: boolean): Promise<PageChat | undefined> => {
    const { createWid } = page.require('WAWebWidFactory');
    const { Chat } = page.require('WAWebCollections');
    if (make && name.kind === 'person') for (const address of chatAddresses(name)) await waxos.meet(address);
    for (const address of chatAddresses(name)) {
      const there = Chat.get(createWid(address));
      if (there) return there;
    }
    if (!make) return undefined;
    // By the phone number first: a chat made by it is under whichever address WhatsApp wants.
    for (const address of chatAddresses(name).toReversed()) {
      const made = await page.require('WAWebFindChatAction').findOrCreateLatestChat(createWid(address)).catch(() => undefined);
      if (made?.chat) return made.chat;
    }
    return undefined;
  };
  const findMsg = async (key: PageMessageKey): Promise<PageMsg | undefined> => {
    const { Msg } = page.require('WAWebCollections');
    const author = key.author ?? (key.fromMe ? me() : undefined);
    const authors = key.chat.kind === 'group' && author !== undefined ? [...addresses(author), undefined] : [undefined];
    const texts = chatAddresses(key.chat).flatMap((remote) => authors.map((participant) => keyText({ fromMe: key.fromMe, remote, id: key.id, ...(participant === undefined ? {} : { participant }) })));
    for (const text of texts) {
      const there = Msg.get(text);
      if (there) return there;
    }
    return (await Msg.getMessagesById(texts))?.messages?.find((msg) => msg !== undefined && msg !== null);
  };
  // WhatsApp's own account is 0@c.us, and is none of ours either.
  const isWanted = ({ id }: { id?: PageKey }): boolean => id !== undefined && /^(\d{5,20}@(c\.us|lid)|\d{5,20}(-\d+)?@g\.us)$/.test(addressOf(id.remote));
  Object.assign(waxos, { me, chat, keyText, keyOf, chatAddresses, findChat, findMsg, isWanted });
};

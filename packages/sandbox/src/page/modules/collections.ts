import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid, Wid } from '../ids/wid.ts';
import type { ChatModel } from '../models/chat.ts';
import { MsgModel } from '../models/msg.ts';

/** Chats, messages and contacts by their ids, whichever address is given. */
export const collectionModules = (app: App): ModuleTable => {
  const { threads, directory } = app;
  const { Msg, Chat, Contact } = app.collections;
  const byId = Chat.get.bind(Chat);
  const getChat = (id: unknown): ChatModel | undefined => byId(id) ?? (id === undefined || id === null ? undefined : byId(directory.chatAddress(createWid(id))));
  const findOrCreateLatestChat = async (wid: unknown): Promise<{ chat: ChatModel; created: boolean }> => {
    const address = directory.chatAddress(createWid(wid));
    const there = byId(address);
    if (there !== undefined) return { chat: there, created: false };
    await meet(app, address);
    return { chat: directory.chatFor(address), created: true };
  };
  const search = async (query: string, page = 1, ...[count = 50, chat]: [count?: number, chat?: string]): Promise<{ messages: MsgModel[] }> => ({
    messages: await threads.search(query, { page, count, ...(chat === undefined ? {} : { chat: directory.chatAddress(createWid(chat)).toString() }) }),
  });
  const asUserWidOrThrow = (wid: unknown): Wid => {
    const user = createWid(wid);
    if (!user.isUser()) throw new Error(`${user.toString()} is no user`);
    return user;
  };
  return {
    WAWebCollections: {
      Msg: Object.assign(Msg, { modelClass: MsgModel, getMessagesById: async (keys: readonly unknown[]) => ({ messages: await threads.fetch(keys.map(String)) }), search }),
      Chat: Object.assign(Chat, { find: async (id: unknown) => (await findOrCreateLatestChat(id)).chat, get: getChat }),
      Contact: Object.assign(Contact, { gadd: (id: unknown) => directory.contactFor(createWid(id)) }),
    },
    WAWebWidFactory: { createWid, createWidFromWidLike: createWid, asUserWidOrThrow },
    WAWebWid: Wid,
    WAWebMsgKey: MsgKey,
    WAWebChatGetters: { getIsNewsletter: ({ id }: ChatModel) => id.isNewsletter(), getIsBroadcast: ({ id }: ChatModel) => id.isBroadcast() },
    WAWebFindChatAction: { findOrCreateLatestChat, findExistingChat: async (wid: unknown) => getChat(wid) },
  };
};

/** Asks the network for whom the device does not know yet; without an answer there is no chat. */
const meet = async ({ directory, line, manners }: App, address: Wid): Promise<void> => {
  if (address.isGroup()) return void directory.takeGroup(await line.act('group.get', { group: address.toString() }));
  if (directory.known(address) !== undefined) return;
  const found = manners().noLid === true ? null : await line.act('contact.exists', { person: address.toString() });
  if (found === null) throw new Error(`No LID for user ${address.toString()}`);
  directory.takeContact(found);
};

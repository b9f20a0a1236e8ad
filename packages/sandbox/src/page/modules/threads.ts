import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid, Wid } from '../ids/wid.ts';
import type { ChatModel } from '../models/chat.ts';
import { MsgModel } from '../models/msg.ts';
import { sendMessage } from '../threads/send-message.ts';
import { findLink, findLinks } from './links.ts';

const earlierCount = 50;

/** Chats and messages: the collections, looking things up, sending, reading. */
export const threadModules = (app: App): ModuleTable => {
  const { threads, directory, line } = app;
  const { Msg, Chat, Contact } = app.collections;

  const findOrCreateLatestChat = async (wid: unknown): Promise<{ chat: ChatModel; created: boolean }> => {
    const address = directory.chatAddress(createWid(wid));
    const there = byId(address);
    if (there !== undefined) return { chat: there, created: false };
    if (address.isGroup()) directory.takeGroup(await line.act('group.get', { group: address.toString() }));
    else if (directory.known(address) === undefined) {
      if (app.manners().noLid === true) throw new Error(`No LID for user ${address.toString()}`);
      const found = await line.act('contact.exists', { person: address.toString() });
      if (found === null) throw new Error(`No LID for user ${address.toString()}`);
      directory.takeContact(found);
    }
    return { chat: directory.chatFor(address), created: true };
  };
  /** A chat by either address of the person it is with. */
  const byId = Chat.get.bind(Chat);
  const getChat = (id: unknown): ChatModel | undefined => byId(id) ?? (id === undefined || id === null ? undefined : byId(directory.chatAddress(createWid(id))));

  const sendSeen = async ({ chat }: { chat: ChatModel }): Promise<void> => {
    if (chat.unreadCount === 0) return;
    await app.take([{ s: 'readSelf', chat: chat.id.toString(), unread: 0 }]);
    await line.act('message.read', { chat: chat.id.toString() });
  };

  return {
    WAWebCollections: {
      Msg: Object.assign(Msg, {
        modelClass: MsgModel,
        getMessagesById: async (keys: readonly unknown[]) => ({ messages: await threads.fetch(keys.map(String)) }),
        search: async (query: string, page = 1, count = 50, chat?: string) => ({ messages: await threads.search(query, { page, count, ...(chat === undefined ? {} : { chat: directory.chatAddress(createWid(chat)).toString() }) }) }),
      }),
      Chat: Object.assign(Chat, { find: async (id: unknown) => (await findOrCreateLatestChat(id)).chat, get: getChat }),
      Contact: Object.assign(Contact, { gadd: (id: unknown) => directory.contactFor(createWid(id)) }),
    },
    WAWebWidFactory: {
      createWid,
      createWidFromWidLike: createWid,
      asUserWidOrThrow: (wid: unknown) => {
        const user = createWid(wid);
        if (!user.isUser()) throw new Error(`${user.toString()} is no user`);
        return user;
      },
    },
    WAWebWid: Wid,
    WAWebMsgKey: MsgKey,
    WALinkify: { findLink, findLinks },
    WAWebChatGetters: { getIsNewsletter: ({ id }: ChatModel) => id.isNewsletter(), getIsBroadcast: ({ id }: ChatModel) => id.isBroadcast() },
    WAWebFindChatAction: { findOrCreateLatestChat, findExistingChat: async (wid: unknown) => getChat(wid) },
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: ({ ephemeralDuration }: ChatModel) => (ephemeralDuration > 0 ? { ephemeralDuration } : {}) },
    WAWebSendMsgChatAction: { addAndSendMsgToChat: (chat: ChatModel, attributes: Record<string, unknown>) => sendMessage(app, chat, attributes) },
    WAWebUpdateUnreadChatAction: { sendSeen },
    WAWebChatLoadMessages: { loadEarlierMsgs: ({ chat }: { chat: ChatModel }) => threads.earlier(chat, earlierCount) },
    WAWebLinkPreviewChatAction: {
      getLinkPreview: async ({ href, url }: { href: string; url: string }) => {
        const found = await line.act('link.preview', { url: href }).catch(() => null);
        return found === null ? undefined : { data: { title: found.title, description: found.description, canonicalUrl: found.canonicalUrl, matchedText: url } };
      },
    },
    WAWebBackendJobsCommon: { mediaTypeFromProtobuf: (proto: object) => Object.keys(proto)[0]?.replace('Message', '') ?? null },
    WAWebE2EProtoUtils: { typeAttributeFromProtobuf: (proto: object) => ('conversation' in proto || 'extendedTextMessage' in proto ? 'text' : 'media') },
    WAWebNonMessageDataRequestPlaceholderMessageResendUtils: {
      handlePlaceholderMsgsSeen: (msgs: readonly MsgModel[]) =>
        line.act('message.resend', { messages: msgs.map(({ id }) => ({ chat: id.remote.toString(), id: id.id, ...(id.participant === undefined ? {} : { author: id.participant.toString() }) })) }),
    },
  };
};

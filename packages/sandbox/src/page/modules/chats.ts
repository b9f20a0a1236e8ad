import type { App, ModuleTable } from '../app.ts';
import type { ChatModel } from '../models/chat.ts';
import { keepChat } from './keep-answers.ts';

const now = (): number => Math.floor(Date.now() / 1_000);
const address = ({ id }: ChatModel): string => id.toString();

const archive = async (app: App, chat: ChatModel, archived: boolean): Promise<void> => {
  await app.line.act('chat.archive', { chat: address(chat), archived });
  await keepChat(app, chat, { archived });
};

const pin = async (app: App, chat: ChatModel, pinned: boolean): Promise<void> => {
  await app.line.act('chat.pin', { chat: address(chat), pinned });
  await keepChat(app, chat, { pinnedAt: pinned ? now() : 0 });
};

const markUnread = async (app: App, chat: ChatModel, unread: boolean): Promise<void> => {
  await app.line.act('chat.markUnread', { chat: address(chat), unread });
  await keepChat(app, chat, { markedUnread: unread });
};

const mute = async (app: App, chat: ChatModel, until: number): Promise<void> => {
  await app.line.act('chat.mute', { chat: address(chat), until });
  await keepChat(app, chat, { mutedUntil: until });
};

/** Gives a new chat what the library asks of the chat itself. */
export const furnishChat = (app: App, chat: ChatModel): void => {
  chat.mute.mute = ({ expiration }) => mute(app, chat, expiration);
  chat.mute.unmute = () => mute(app, chat, 0);
  // Not among the attributes: whoever serializes a chat gets none of it.
  Object.defineProperty(chat, 'presence', { get: () => app.presences.of(chat.id) });
};

const clear = async (app: App, chat: ChatModel, keepStarred: boolean): Promise<void> => {
  await app.line.act('chat.clear', { chat: address(chat), keepStarred });
  await app.take([{ s: 'chat', chat: { ...app.directory.wireChat(chat), unread: 0 }, cleared: true, keepStarred }]);
};

const remove = async (app: App, chat: ChatModel): Promise<void> => {
  await app.line.act('chat.delete', { chat: address(chat) });
  // Where the network's word was faster, it is gone already.
  if (app.collections.Chat.get(chat.id) === chat) await app.take([{ s: 'chat', chat: app.directory.wireChat(chat), deleted: true }]);
};

/** Peer data operation 3: older messages of one chat, which the phone sends as history when it is online. */
const askPhone = async (app: App, operation: number, { chatId }: { chatId: unknown }): Promise<void> => {
  if (operation !== 3) return;
  const oldest = await app.storage.oldestMessage(String(chatId));
  await app.line.act('message.older', { chat: String(chatId), ...(oldest === undefined ? {} : { before: oldest.id }) });
};

/** What is done to a chat as a whole. */
export const chatModules = (app: App): ModuleTable => ({
  WAWebCmd: {
    Cmd: Object.assign(app.cmd, {
      archiveChat: (chat: ChatModel, archived: boolean) => archive(app, chat, archived),
      pinChat: (chat: ChatModel, pinned: boolean) => pin(app, chat, pinned),
      markChatUnread: (chat: ChatModel, unread: boolean) => markUnread(app, chat, unread),
    }),
  },
  WAWebChatClearBridge: { sendClear: (chat: ChatModel, keepStarred: boolean) => clear(app, chat, keepStarred) },
  WAWebDeleteChatAction: { sendDelete: (chat: ChatModel) => remove(app, chat) },
  WAWebSendNonMessageDataRequest: { sendPeerDataOperationRequest: (operation: number, about: { chatId: unknown }) => askPhone(app, operation, about) },
});

import type { WireChat, WireContact, WireGroup } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import { createWid } from '../ids/wid.ts';
import type { ChatModel } from '../models/chat.ts';
import type { ContactModel } from '../models/contact.ts';

/** What the network answered is kept as if it had been told: whoever asks again finds it without asking. */
export const keepContact = async (app: App, contact: WireContact): Promise<ContactModel> => {
  await app.take([{ s: 'contact', contact }]);
  return app.directory.contactFor(createWid(contact.id));
};

export const keepGroup = async (app: App, group: WireGroup): Promise<ChatModel> => {
  await app.take([{ s: 'group', group }]);
  return app.directory.chatFor(createWid(group.id));
};

/** Changes a chat as the network has just been asked to. */
export const keepChat = (app: App, chat: ChatModel, change: Partial<WireChat>): Promise<void> => app.take([{ s: 'chat', chat: { ...app.directory.wireChat(chat), ...change } }]);

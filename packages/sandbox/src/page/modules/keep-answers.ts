import type { WireChat, WireContact, WireGroup } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import type { ChatModel } from '../models/chat.ts';
import type { ContactModel } from '../models/contact.ts';
import type { GroupMetadata } from '../models/group-metadata.ts';
import { createWid } from '../ids/wid.ts';

/** What the network answered is kept as if it had been told: whoever asks again finds it without asking. */
export const keepContact = async ({ threads, directory }: App, wire: WireContact): Promise<ContactModel> => {
  await threads.keep(async (batch) => {
    batch.write({ store: 'contacts', put: wire });
    batch.after(() => directory.takeContact(wire));
  });
  return directory.contactFor(createWid(wire.id));
};

export const keepGroup = async ({ threads, directory }: App, wire: WireGroup): Promise<GroupMetadata> => {
  const { promise, resolve } = Promise.withResolvers<GroupMetadata>();
  await threads.keep(async (batch) => {
    batch.write({ store: 'groups', put: wire });
    batch.after(() => resolve(directory.takeGroup(wire)));
  });
  return promise;
};

/** Changes a chat as the network was asked to; its stanza will say the same. */
export const keepChat = ({ threads, directory }: App, chat: ChatModel, change: Partial<WireChat>): Promise<void> =>
  threads.keep(async (batch) => {
    const wire = { ...directory.wireChat(chat), ...change };
    batch.write({ store: 'chats', put: wire });
    batch.after(() => directory.takeChat(wire));
  });

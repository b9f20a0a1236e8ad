import type { WireChat, WireContact, WireGroup, WireLabel } from '../../wire/stanzas.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { chatAttributes, ChatModel } from '../models/chat.ts';
import type { Collection } from '../models/collection.ts';
import { contactAttributes, ContactModel } from '../models/contact.ts';
import { GroupMetadata } from '../models/group-metadata.ts';
import { LabelModel } from '../models/small-models.ts';
import type { Storage } from '../storage/open-storage.ts';
import { openPeople, type People } from './open-people.ts';
import { relabel, takeLabels } from './take-labels.ts';

/** Whom the device knows, by which address each chat goes, and the chats themselves. */
export interface Directory extends Omit<People, 'learn'> {
  load: () => Promise<void>;
  chatIds: () => string[];
  chatFor: (wid: Wid) => ChatModel;
  contactFor: (wid: Wid) => ContactModel;
  takeContact: (wire: WireContact) => ContactModel;
  takeChat: (wire: WireChat) => ChatModel;
  takeGroup: (wire: WireGroup) => GroupMetadata;
  takeLabels: (labels: readonly WireLabel[]) => void;
  /** A chat as it is kept. */
  wireChat: (chat: ChatModel) => WireChat;
  /** The chat goes by another address from now on. */
  rename: (before: Wid, after: Wid) => ChatModel | undefined;
  dropChat: (wid: Wid) => void;
  /** Status and channels: they arrive, and stand among no chats. */
  channels: Collection<ChatModel>;
}

export interface DirectoryOptions {
  storage: Storage;
  contacts: Collection<ContactModel>;
  chats: Collection<ChatModel>;
  labels: Collection<LabelModel>;
  channels: Collection<ChatModel>;
  me: () => { phone: string; lid: string } | undefined;
  /** Gives a new chat what needs the network, such as muting. */
  furnish: (chat: ChatModel) => void;
  deaf: () => boolean;
}

export const openDirectory = ({ storage, contacts, chats, labels, channels, me, furnish, deaf }: DirectoryOptions): Directory => {
  const { learn, ...people } = openPeople(me);
  const { chatAddress, isMe } = people;

  const contactFor = (wid: Wid): ContactModel => {
    const id = chatAddress(wid);
    return contacts.get(id) ?? contacts.add(Object.assign(new ContactModel({ id }), { isMe: isMe(id), formattedName: id.user }));
  };
  const chatFor = (wid: Wid): ChatModel => {
    const id = chatAddress(wid);
    const home = id.isNewsletter() || id.isBroadcast() ? channels : chats;
    const there = home.get(id);
    if (there !== undefined) return there;
    const chat = new ChatModel(id);
    chat.isMe = isMe;
    furnish(chat);
    const contact = contactFor(id);
    chat.met(contact);
    chat.formattedTitle = contact.formattedName ?? id.user;
    return home.add(chat, { silent: deaf() });
  };

  const takeContact = (wire: WireContact): ContactModel => {
    learn(wire);
    const contact = contactFor(createWid(wire.id));
    contact.set(contactAttributes(wire));
    const chat = chats.get(wire.id);
    if (chat !== undefined && contact.formattedName !== undefined) chat.set({ formattedTitle: contact.formattedName, ...(wire.name === undefined ? {} : { name: wire.name }) });
    return contact;
  };
  const takeChat = (wire: WireChat): ChatModel => {
    const chat = chatFor(createWid(wire.id));
    const attributes = chatAttributes(wire);
    chat.mute.expiration = wire.mutedUntil ?? 0;
    relabel(labels, wire.id, wire.labels ?? []);
    return deaf() ? Object.assign(chat, attributes) : chat.set(JSON.stringify(chat.labels) === JSON.stringify(attributes.labels) ? { ...attributes, labels: chat.labels } : attributes);
  };
  const takeGroup = (wire: WireGroup): GroupMetadata => fillGroup(chatFor(createWid(wire.id)), wire);

  return {
    ...people,
    channels,
    chatFor,
    contactFor,
    takeContact,
    takeChat,
    takeGroup,
    takeLabels: (told) => takeLabels(labels, told),
    chatIds: () => chats.getModelsArray().map(({ id }) => id.toString()),
    wireChat,
    rename: (before, after) => rename(chats, before, after),
    dropChat: (wid) => void chats.remove(wid, { silent: deaf() }),
    load: async () => {
      for (const wire of await storage.all('contacts')) takeContact(wire);
      for (const wire of await storage.all('labels')) labels.add(new LabelModel(wire));
      for (const wire of await storage.all('chats')) takeChat(wire);
      for (const wire of await storage.all('groups')) takeGroup(wire);
    },
  };
};

const rename = (chats: Collection<ChatModel>, before: Wid, after: Wid): ChatModel | undefined => {
  const chat = chats.get(before);
  if (chat === undefined || chats.get(after) !== undefined) return chats.get(after);
  chat.id = after;
  chats.renamed(before, chat);
  return chat;
};

/** The group behind a chat, as the network tells it. */
const fillGroup = (chat: ChatModel, wire: WireGroup): GroupMetadata => {
  chat.groupMetadata ??= new GroupMetadata(chat.id);
  chat.groupMetadata.take(wire);
  chat.set({ name: wire.subject, formattedTitle: wire.subject, isReadOnly: wire.announce && !chat.iAmAdmin() });
  chat.contact?.set({ name: wire.subject, formattedName: wire.subject });
  return chat.groupMetadata;
};

const wireChat = (chat: ChatModel): WireChat => ({
  id: chat.id.toString(),
  at: chat.t,
  unread: Math.max(0, chat.unreadCount),
  ...(chat.unreadCount === -1 ? { markedUnread: true } : {}),
  archived: chat.archive,
  pinnedAt: chat.pin,
  mutedUntil: chat.mute.expiration,
  disappearsAfter: chat.ephemeralDuration,
  labels: chat.labels,
  ...(chat.name === undefined ? {} : { name: chat.name }),
});

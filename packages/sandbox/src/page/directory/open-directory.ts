import type { WireChat, WireContact, WireGroup, WireLabel } from '../../wire/stanzas.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { chatAttributes, ChatModel } from '../models/chat.ts';
import type { Collection } from '../models/collection.ts';
import { contactAttributes, ContactModel } from '../models/contact.ts';
import { GroupMetadata } from '../models/group-metadata.ts';
import { LabelItem, LabelModel } from '../models/small-models.ts';
import type { Storage } from '../storage/open-storage.ts';

/** Whom the device knows, by which address each chat goes, and the chats themselves. */
export interface Directory {
  load: () => Promise<void>;
  chatIds: () => string[];
  /** The address a chat with this person goes by, whichever of the two is given. */
  chatAddress: (wid: Wid) => Wid;
  chatFor: (wid: Wid) => ChatModel;
  contactFor: (wid: Wid) => ContactModel;
  /** What the network said of a person; undefined for a stranger. */
  known: (wid: Wid) => WireContact | undefined;
  phoneOf: (wid: Wid) => Wid | undefined;
  lidOf: (wid: Wid) => Wid | undefined;
  isMe: (wid: unknown) => boolean;
  /** One's own addresses, once linked. */
  myPhone: () => Wid | undefined;
  myLid: () => Wid | undefined;
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
  const people = new Map<string, WireContact>();
  const isMe = (wid: unknown): boolean => [me()?.phone, me()?.lid].includes(String(wid));
  const known = (wid: Wid): WireContact | undefined => people.get(wid.toString());
  const chatAddress = (wid: Wid): Wid => createWid(known(wid)?.id ?? wid);

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
    people.set(wire.lid, wire);
    people.set(wire.id, wire);
    if (wire.phone !== undefined) people.set(wire.phone, wire);
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
  const takeGroup = (wire: WireGroup): GroupMetadata => {
    const chat = chatFor(createWid(wire.id));
    chat.groupMetadata ??= new GroupMetadata(chat.id);
    chat.groupMetadata.take(wire);
    chat.set({ name: wire.subject, formattedTitle: wire.subject, isReadOnly: wire.announce && !chat.iAmAdmin() });
    chat.contact?.set({ name: wire.subject, formattedName: wire.subject });
    return chat.groupMetadata;
  };

  return {
    known,
    channels,
    chatAddress,
    chatFor,
    contactFor,
    isMe,
    myPhone: () => wished(me()?.phone),
    myLid: () => wished(me()?.lid),
    takeContact,
    takeChat,
    takeGroup,
    takeLabels: (told) => {
      for (const gone of labels.getModelsArray().filter(({ id }) => told.every((label) => label.id !== id))) labels.remove(gone.id);
      for (const { id, name, color } of told) (labels.get(id) ?? labels.add(new LabelModel({ id, name, color }))).set({ name, colorIndex: color });
    },
    chatIds: () => chats.getModelsArray().map(({ id }) => id.toString()),
    phoneOf: (wid) => (wid.isLid() ? wished(known(wid)?.phone) : wid),
    lidOf: (wid) => (wid.isLid() ? wid : wished(known(wid)?.lid)),
    wireChat,
    rename: (before, after) => {
      const chat = chats.get(before);
      if (chat === undefined || chats.get(after) !== undefined) return chats.get(after);
      chat.id = after;
      chats.renamed(before, chat);
      return chat;
    },
    dropChat: (wid) => void chats.remove(wid, { silent: deaf() }),
    load: async () => {
      for (const wire of await storage.all('contacts')) takeContact(wire);
      for (const wire of await storage.all('labels')) labels.add(new LabelModel(wire));
      for (const wire of await storage.all('chats')) takeChat(wire);
      for (const wire of await storage.all('groups')) takeGroup(wire);
    },
  };
};

const wished = (address: string | undefined): Wid | undefined => (address === undefined ? undefined : createWid(address));

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

const relabel = (labels: Collection<LabelModel>, chat: string, wanted: readonly string[]): void => {
  for (const label of labels.getModelsArray()) {
    const items = label.labelItemCollection;
    const item = new LabelItem(label.id, chat);
    if (wanted.includes(label.id)) items.add(item);
    else items.remove(item.id);
  }
};

import type { AccountView, ChatView } from '../phone-view.ts';
import type { Core } from '../core.ts';
import type { AccountRecord, Picture } from '../records/account-record.ts';
import { byRecency, isListed, type ChatSide } from '../records/chat-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { getAccount, getChat, getGroup } from '../records/network-state.ts';
import { ackOf } from '../stanzas/ack-of.ts';
import { addressOf, otherOf, chatAddressFor } from '../stanzas/addresses.ts';
import { wireChat } from '../stanzas/wire-chat.ts';
import { shownName, wireContact } from '../stanzas/wire-contact.ts';
import { wireGroup } from '../stanzas/wire-group.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import { wireMessage } from '../stanzas/wire-message.ts';
import { previewText } from './preview-text.ts';
import { isShown } from './is-shown.ts';

/** What a phone shows of itself, but for its chats. */
export const briefView = (core: Core, me: AccountRecord): AccountView => ({
  account: me.account,
  phone: me.phone,
  name: me.name,
  about: me.about,
  isBusiness: me.business !== undefined,
  addressing: me.addressing,
  online: me.online,
  ...(me.picture === undefined ? {} : { pictureUrl: pictureUrl(me.picture) }),
  devices: [...me.devices.values()].map(({ device, registration, linkedAt, sockets, lastSeenAt }) => ({ device, name: registration.name, platform: registration.platform, linkedAt: secondsOf(linkedAt), connected: sockets.size > 0, lastSeenAt: secondsOf(lastSeenAt) })),
  chats: [],
  contacts: [...me.contacts.keys()].map((person) => wireContact(me, getAccount(core.state, person))),
  labels: [...me.labels.values()],
  calls: callsOf(core, me),
});

export const accountView = (core: Core, me: AccountRecord): AccountView => ({
  ...briefView(core, me),
  contacts: [...metBy(core, me)].map((person) => wireContact(me, getAccount(core.state, person))),
  chats: [...me.sides.values()].filter(isListed).sort(byRecency).map((side) => chatView(core, me, side)),
});

/** Its address book, and whoever it meets in chats and groups: their names are shown as well. */
const metBy = ({ state }: Core, me: AccountRecord): Set<string> => {
  const met = new Set(me.contacts.keys());
  for (const { chat } of me.sides.values()) {
    const people = chat.kind === 'group' ? getGroup(state, chat.of[0] ?? '').members.keys() : chat.kind === 'direct' ? chat.of : [];
    for (const person of people) met.add(person);
  }
  met.delete(me.account);
  return met;
};

/** Where the server gives it out, to whoever knows the id. */
export const pictureUrl = ({ id }: Picture): string => `/pictures/${id}`;

const chatView = (core: Core, me: AccountRecord, side: ChatSide): ChatView => {
  const { state } = core;
  const { chat } = side;
  const group = chat.kind === 'group' ? getGroup(state, chat.of[0] ?? '') : undefined;
  const other = group === undefined ? otherOf(state, me, chat) : undefined;
  const picture = (group ?? other)?.picture;
  const last = lastShown(core, me, side);
  const content = last && wireMessage(state, me, last).content;
  return {
    ...wireChat(state, me, side),
    title: group === undefined ? (other === undefined ? '' : shownName(me, other)) : group.subject,
    ...(group === undefined ? {} : { group: wireGroup(state, me, group) }),
    ...(other !== undefined && me.contacts.get(other.account)?.blocked === true ? { blocked: true } : {}),
    ...(picture === undefined ? {} : { pictureUrl: pictureUrl(picture) }),
    typing: typingIn(core, me, chat.key),
    ...(last === undefined || content === undefined ? {} : { last: { text: previewText(content), content, at: secondsOf(last.at), fromMe: last.author === me.account, ack: ackOf(me, last) } }),
  };
};

const lastShown = (core: Core, me: AccountRecord, { chat }: ChatSide): MessageRecord | undefined => {
  const now = core.now();
  return chat.messages.findLast((message) => isShown(me, message, now));
};

const typingIn = (core: Core, me: AccountRecord, chat: string): string[] =>
  [...(core.passing.typing.get(chat) ?? [])].flatMap(([account]) => {
    const typist = core.state.accounts.get(account);
    if (typist === undefined || typist === me || me.contacts.get(account)?.blocked === true) return [];
    return [shownName(me, typist)];
  });

const callsOf = ({ state }: Core, me: AccountRecord): AccountView['calls'] =>
  [...state.calls.values()].flatMap(({ id, caller, chat: key, video }) => {
    const chat = getChat(state, key);
    if (!me.sides.has(key) || me.contacts.get(caller)?.blocked === true) return [];
    if (caller === me.account) {
      const name = chat.kind === 'group' ? getGroup(state, chat.of[0] ?? '').subject : shownName(me, otherOf(state, me, chat));
      return [{ id, from: chatAddressFor(state, me, chat), name, video, outgoing: true }];
    }
    const from = getAccount(state, caller);
    return [{ id, from: addressOf(me, from), name: shownName(me, from), video }];
  });

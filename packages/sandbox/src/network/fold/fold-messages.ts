import type { AccountRecord } from '../records/account-record.ts';
import type { ChatRecord, ChatSide } from '../records/chat-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { findMessage, getAccount, getGroup, openChat, peekChat, peopleOf, sideOf } from '../records/network-state.ts';
import { wireMessage } from '../stanzas/wire-message.ts';
import { introduce } from './tell-about-person.ts';
import type { EntryOf, Folds, World } from './world.ts';

/** What is said anywhere; what becomes of it is folded elsewhere. */
export const foldMessages: Folds<'message.sent' | 'message.noticed' | 'status.posted' | 'channel.posted'> = {
  'message.sent': (world, entry) => {
    const chat = openChat(world.state, entry.chat);
    const message = addMessage(chat, { ...entry, author: entry.author, by: entry.by });
    const quoted = entry.context?.quoted;
    const original = quoted === undefined ? undefined : findQuoted(world, chat, quoted);
    if (original !== undefined) message.quotedContent = original.content;
    arrive(world, chat, message);
  },
  'message.noticed': (world, entry) => {
    const chat = openChat(world.state, entry.chat);
    const message = addMessage(chat, { ...entry, by: 'phone', content: { kind: 'notice', notice: entry.notice } });
    if (entry.only !== undefined) message.only = entry.only;
    for (const person of peopleOf(world.state, chat)) if (message.only === undefined || message.only === person.account) tellMessage(world, person, message);
  },
  'status.posted': (world, entry) => {
    const chat = openChat(world.state, `s:${entry.owner}`);
    arrive(world, chat, addMessage(chat, { ...entry, chat: chat.key, author: entry.owner, by: 'phone' }));
  },
  'channel.posted': (world, entry) => {
    const { state } = world;
    const { channel, name, owner } = entry;
    const followers = new Set([...(state.channels.get(channel)?.followers ?? []), ...entry.followers]);
    followers.delete(owner);
    state.channels.set(channel, { name, owner, followers });
    const chat = openChat(state, `c:${channel}`);
    const message = addMessage(chat, { ...entry, chat: chat.key, author: owner, by: 'phone' });
    for (const person of peopleOf(state, chat)) {
      admit(sideOf(person, chat), message);
      world.tell(person, () => ({ s: 'channel', channel: `${channel}@newsletter`, name, message: wireMessage(state, person, message) }));
    }
  },
};

type New = Pick<MessageRecord, 'chat' | 'n' | 'at' | 'id' | 'author' | 'by' | 'content'> & Pick<EntryOf<'message.sent'>, 'context'>;

const addMessage = (chat: ChatRecord, { n, at, id, author, by, content, context }: New): MessageRecord => {
  const message: MessageRecord = { chat: chat.key, index: chat.messages.length, n, id, author, by, at, content, ...(context === undefined ? {} : { context }), expected: 0, delivered: 0, read: 0, played: 0 };
  const namesake = chat.byId.get(id);
  if (namesake !== undefined) message.namesake = namesake;
  chat.byId.set(id, message);
  chat.messages.push(message);
  return message;
};

const arrive = (world: World, chat: ChatRecord, message: MessageRecord): void => {
  const author = getAccount(world.state, message.author);
  const people = peopleOf(world.state, chat);
  const others = people.filter((person) => person !== author);
  message.expected = others.length;
  const blocked = chat.kind !== 'group' && others.some((person) => person.contacts.get(author.account)?.blocked === true);
  if (blocked && chat.kind === 'direct') message.only = author.account;
  tellMessage(world, author, message);
  for (const person of others) {
    if (message.only !== undefined || (blocked && person.contacts.get(author.account)?.blocked === true)) continue;
    sideOf(person, chat).unread += 1;
    person.awaited.add(message);
    tellMessage(world, person, message);
  }
};

const tellMessage = (world: World, person: AccountRecord, message: MessageRecord): void => {
  const side = sideOf(person, openChat(world.state, message.chat));
  admit(side, message);
  side.at = message.at;
  side.n = message.n;
  side.deleted = false;
  const mine = message.author === person.account;
  for (const other of whoIsMet(world, side.chat, message)) introduce(world, person, getAccount(world.state, other));
  world.tell(person, () => ({ s: 'message', message: wireMessage(world.state, person, message) }), {
    ...(mine && message.content.kind !== 'notice' ? { except: message.by } : {}),
    ...(mine || message.content.kind === 'notice' ? {} : { message }),
  });
};

/** A group that goes by LID is one where people do not learn each other's numbers. */
const whoIsMet = ({ state }: World, { kind, of }: ChatRecord, { author }: MessageRecord): string[] => {
  if (kind === 'direct') return of;
  return kind === 'group' && getGroup(state, of[0] ?? '').lidAddressing ? [] : [author];
};

/** Statuses and channels have no members: each post is for who was told of it. */
const admit = ({ chat, spans }: ChatSide, { index }: MessageRecord): void => {
  if (chat.kind === 'direct' || chat.kind === 'group') return;
  const last = spans.at(-1);
  if (last?.to === index) last.to = index + 1;
  else spans.push({ from: index, to: index + 1 });
};

/** Usually of the same chat; a private answer quotes what was said in a group of both. */
const findQuoted = ({ state }: World, chat: ChatRecord, quoted: { id: string; author: string }): MessageRecord | undefined => {
  const author = quoted.author.slice(0, quoted.author.indexOf('@'));
  const here = findMessage(chat, quoted.id, author);
  if (here !== undefined || chat.kind !== 'direct') return here;
  for (const account of chat.of) {
    for (const group of getAccount(state, account).groups) {
      const found = findMessage(peekChat(state, `g:${group}`), quoted.id, author);
      if (found !== undefined) return found;
    }
  }
  return undefined;
};

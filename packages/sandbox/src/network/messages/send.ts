import type { ActArgs } from '../../acts/acts.ts';
import type { Content, MessageContext } from '../../acts/contents.ts';
import { chatFor } from '../chats/find-chat.ts';
import { byOf, type Act } from '../act.ts';
import type { Core } from '../core.ts';
import type { Actor } from '../network.ts';
import type { ChatRecord } from '../records/chat-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { findMessage, getAccount, getChat, getGroup } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { keptAddress, otherOf } from '../stanzas/addresses.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import { arriveAtPhones } from './arrive-at-phones.ts';

/** The same id twice from the same author is one message: whoever heard no answer says it again. */
export const send: Act<'message.send'> = (core, actor, args) => {
  const message = say(core, actor, args);
  return { id: message.id, at: secondsOf(message.at) };
};

export const say = (core: Core, actor: Actor, { chat: address, id, content, context }: ActArgs<'message.send'>): MessageRecord => {
  const chat = chatFor(core, actor.account, address);
  const said = id === undefined ? undefined : findMessage(chat, id, actor.account);
  if (said !== undefined) return said;
  mayWrite(core, actor.account, chat);
  const kept = keepContext(core, chat, context);
  const chosen = id ?? newMessageId(core, actor.account, chat);
  core.happen({ e: 'message.sent', chat: chat.key, id: chosen, author: actor.account, by: byOf(actor), content: checkContent(content), ...(kept === undefined ? {} : { context: kept }) });
  const message = findMessage(core.state.chats.get(chat.key) ?? chat, chosen, actor.account);
  if (message === undefined) throw new Error(`message ${chosen} was not folded`);
  arriveAtPhones(core, message);
  noteInvitation(core, message);
  return message;
};

/** A message that carries the code of a group's link is as good as an invitation of its own. */
const noteInvitation = (core: Core, { chat: key, author, content }: MessageRecord): void => {
  const chat = getChat(core.state, key);
  if (content.kind !== 'invite' || chat.kind !== 'direct') return;
  const group = core.state.groups.get(content.group.slice(0, -'@g.us'.length));
  const person = otherOf(core.state, getAccount(core.state, author), chat).account;
  if (group === undefined || group.inviteCode !== content.code || !group.members.has(author) || group.members.has(person)) return;
  core.happen({ e: 'group.invited', group: group.group, who: author, person, code: content.code, expiresAt: content.expiresAt * 1_000 });
};

/** As phones make them. */
export const newMessageId = (core: Core, account: string, chat: ChatRecord): string => {
  const make = (): string => (getAccount(core.state, account).platform === 'iphone' ? `3A${core.random.hex(18)}` : core.random.hex(32));
  let id = make();
  while (chat.byId.has(id)) id = make();
  return id;
};

export const mayWrite = (core: Core, account: string, chat: ChatRecord): void => {
  if (chat.kind === 'direct') {
    const me = getAccount(core.state, account);
    const other = otherOf(core.state, me, chat);
    if (other.removed) throw new SandboxRefusal('gone', 'This account is no more: nobody would get it.');
    if (me.contacts.get(other.account)?.blocked === true) throw new SandboxRefusal('not_allowed', 'You have blocked this person. Unblock them before you write.');
    return;
  }
  const group = getGroup(core.state, chat.of[0] ?? '');
  const member = group.members.get(account);
  if (member === undefined) throw new SandboxRefusal('not_allowed', 'You are no longer in this group.');
  if (group.announce && !member.isAdmin) throw new SandboxRefusal('not_allowed', 'Only admins can write to this group.');
};

const keepContext = (core: Core, chat: ChatRecord, context: MessageContext | undefined): MessageContext | undefined => {
  const kept: MessageContext = {
    ...context,
    ...(context?.quoted === undefined ? {} : { quoted: { id: context.quoted.id, author: keptAddress(core.state, context.quoted.author) } }),
    ...(context?.mentions === undefined ? {} : { mentions: context.mentions.map((person) => keptAddress(core.state, person)) }),
    ...(chat.disappearsAfter > 0 ? { disappearsAfter: context?.disappearsAfter ?? chat.disappearsAfter } : {}),
  };
  return Object.keys(kept).length === 0 ? undefined : kept;
};

const checkContent = (content: Content): Content => {
  if (content.kind === 'text' && content.text === '') throw new SandboxRefusal('bad_request', 'A text needs at least one character.');
  return content;
};

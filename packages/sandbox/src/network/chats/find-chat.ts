import type { MessageRef } from '../../acts/message-acts.ts';
import type { Core } from '../core.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { ChatRecord } from '../records/chat-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { directKey, findMessage, getAccount, getChat, getGroup, groupKey, has, peekChat, statusKey } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { findAnyone, findPerson } from '../stanzas/addresses.ts';

export const personFor = (core: Core, address: string): AccountRecord => {
  const found = findPerson(core.state, address);
  if (found === undefined) throw new SandboxRefusal('not_found', `Nobody in this network has the address ${address}.`);
  return found;
};

/** What was said with somebody stays when they are gone. Whoever was never in a group does not learn that there is one. */
export const chatFor = (core: Core, account: string, address: string): ChatRecord => {
  if (!address.endsWith('@g.us')) return peekChat(core.state, directKey(account, (findAnyone(core.state, address) ?? personFor(core, address)).account));
  const key = groupKey(address.slice(0, -'@g.us'.length));
  const side = getAccount(core.state, account).sides.get(key);
  if (side === undefined) throw new SandboxRefusal('not_found', `This account is in no group ${address}.`);
  return side.chat;
};

/** A message that this account still has. */
export const messageFor = (core: Core, account: string, ref: MessageRef): MessageRecord => {
  const viewer = getAccount(core.state, account);
  const author = ref.author === undefined ? undefined : findPerson(core.state, ref.author)?.account;
  const chats = ref.chat === 'status@broadcast' ? statusChats(viewer, author) : [chatFor(core, account, ref.chat)];
  for (const chat of chats) {
    const found = findMessage(chat, ref.id, author);
    if (found !== undefined && has(viewer, found)) return found;
  }
  throw new SandboxRefusal('not_found', `There is no message ${ref.id} in ${ref.chat}.`);
};

export const statusChats = (viewer: AccountRecord, owner?: string): ChatRecord[] =>
  [...viewer.sides.values()].flatMap(({ chat }) => (chat.kind === 'status' && (owner === undefined || chat.key === statusKey(owner)) ? [chat] : []));

/** What everyone can change of a message: not a notice, and not what was taken back. */
export const spokenFor = (core: Core, account: string, ref: MessageRef): MessageRecord => {
  const message = messageFor(core, account, ref);
  if (message.content.kind === 'notice' || message.revoked !== undefined) throw new SandboxRefusal('gone', `Message ${ref.id} was deleted, or is a notice.`);
  return message;
};

/** Whether it is still in the group: whoever has left has the messages, but no part in them. */
export const mayTakePart = (core: Core, account: string, key: string): ChatRecord => {
  const chat = getChat(core.state, key);
  if (chat.kind === 'group' && !getGroup(core.state, chat.of[0] ?? '').members.has(account)) throw new SandboxRefusal('not_allowed', 'You are no longer in this group.');
  return chat;
};

import { byOf, done, type Act } from '../act.ts';
import { chatFor, messageFor, statusChats } from '../chats/find-chat.ts';
import type { ChatRecord } from '../records/chat-record.ts';
import { findMessage, getAccount, has } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';

export const read: Act<'message.read'> = (core, actor, { chat: address, upTo }) => {
  const reader = getAccount(core.state, actor.account);
  const readChat = (chat: ChatRecord, last: number): void => {
    const side = reader.sides.get(chat.key);
    if (side === undefined) return;
    const ids = chat.messages
      .slice(side.readTo, last + 1)
      .filter((message) => message.author !== reader.account && message.content.kind !== 'notice' && has(reader, message))
      .map(({ id }) => id);
    if (ids.length > 0 || side.markedUnread) core.happen({ e: 'message.read', chat: chat.key, ids, reader: reader.account, by: byOf(actor) });
  };
  if (address === 'status@broadcast') {
    for (const chat of statusChats(reader)) {
      const last = upTo === undefined ? chat.messages.length : findMessage(chat, upTo)?.index;
      if (last !== undefined) readChat(chat, last);
    }
    return done;
  }
  const chat = chatFor(core, actor.account, address);
  const last = upTo === undefined ? chat.messages.length : findMessage(chat, upTo)?.index;
  if (last === undefined) throw new SandboxRefusal('not_found', `There is no message ${upTo} in ${address}. Read up to one that there is, or leave it out.`);
  readChat(chat, last);
  return done;
};

export const play: Act<'message.played'> = (core, actor, { message: ref }) => {
  const message = messageFor(core, actor.account, ref);
  if (message.author === actor.account || (message.receipts?.get(actor.account)?.playedAt ?? 0) > 0) return done;
  core.happen({ e: 'message.played', chat: message.chat, id: message.id, reader: actor.account, by: byOf(actor) });
  return done;
};

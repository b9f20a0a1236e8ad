import { statusAddress } from '../../acts/addresses.ts';
import { chatFor, statusChats } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';
import type { ThreadMessage, ThreadPage } from '../phone-view.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { getAccount, getChat } from '../records/network-state.ts';
import { personIn } from '../stanzas/addresses.ts';
import { shownName } from '../stanzas/wire-contact.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import { wireMessage } from '../stanzas/wire-message.ts';
import { isShown } from './is-shown.ts';

/** A page of a thread, from its end upwards. The cursor is the place of the first message. */
export const threadPage = (core: Core, me: AccountRecord, { chat, before, limit }: { chat: string; before?: string; limit: number }): ThreadPage => {
  const messages = chat === statusAddress ? statuses(me) : chatFor(core, me.account, chat).messages;
  const now = core.now();
  const page: MessageRecord[] = [];
  let place = before === undefined || !/^\d{1,9}$/.test(before) ? messages.length : Math.min(Number(before), messages.length);
  while (place > 0 && page.length < limit) {
    place -= 1;
    const message = messages[place];
    if (message !== undefined && isShown(me, message, now)) page.push(message);
  }
  const above = messages.slice(0, place).some((message) => isShown(me, message, now));
  return { messages: page.reverse().map((message) => threadMessage(core, me, message)), ...(above ? { earlier: String(place) } : {}) };
};

const statuses = (me: AccountRecord): MessageRecord[] => statusChats(me).flatMap(({ messages }) => messages).sort((a, b) => a.n - b.n);

const threadMessage = (core: Core, me: AccountRecord, message: MessageRecord): ThreadMessage => {
  const { state } = core;
  const place = { viewer: me, chat: getChat(state, message.chat) };
  return {
    ...wireMessage(state, me, message),
    authorName: shownName(me, getAccount(state, message.author)),
    ...(message.responses === undefined || message.responses.size === 0 ? {} : { responses: [...message.responses].map(([who, { response, at }]) => ({ from: personIn(state, place, getAccount(state, who)), response, at: secondsOf(at) })) }),
    ...(message.pinned === undefined || message.pinned.until <= core.now() ? {} : { pinnedUntil: secondsOf(message.pinned.until) }),
  };
};

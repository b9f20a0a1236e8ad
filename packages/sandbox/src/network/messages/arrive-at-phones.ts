import type { Core } from '../core.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { getAccount, getChat, peopleOf } from '../records/network-state.ts';

/** A phone that is online has it at once. */
export const arriveAtPhones = (core: Core, message: MessageRecord): void => {
  for (const { account, online, awaited } of peopleOf(core.state, getChat(core.state, message.chat))) {
    if (!online || !awaited.has(message)) continue;
    core.happen({ e: 'message.delivered', chat: message.chat, ids: [message.id], to: account, by: 'phone' });
  }
};

/** What came while it was offline, in the order in which it was sent. */
export const catchUp = (core: Core, account: string): void => {
  const byChat = new Map<string, string[]>();
  for (const { chat, id } of getAccount(core.state, account).awaited) {
    const ids = byChat.get(chat);
    if (ids === undefined) byChat.set(chat, [id]);
    else ids.push(id);
  }
  for (const [chat, ids] of byChat) core.happen({ e: 'message.delivered', chat, ids, to: account, by: 'phone' });
};

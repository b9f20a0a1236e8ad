import type { AccountRecord } from '../records/account-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { has } from '../records/network-state.ts';

/** Whether a phone shows a message now: it has it, it came before the phone went offline, and its time is not over. */
export const isShown = (me: AccountRecord, message: MessageRecord, now: number): boolean => {
  if (!has(me, message)) return false;
  if (!me.online && message.n > me.offlineSince && !(message.author === me.account && message.by === 'phone')) return false;
  const after = message.context?.disappearsAfter ?? 0;
  return after === 0 || message.at + after * 1_000 > now;
};

import type { Ack } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { MessageRecord } from '../records/message-record.ts';

/** One's own message has come as far as it has for the slowest of the others. */
export const ackOf = (viewer: AccountRecord, message: MessageRecord): Ack => {
  if (message.author !== viewer.account) return 1;
  // Nobody else awaits it: a note to oneself is read when it is written.
  if (message.expected === 0) return message.chat.startsWith('d:') ? 3 : 1;
  if (message.played >= message.expected) return 4;
  if (message.read >= message.expected) return 3;
  return message.delivered >= message.expected ? 2 : 1;
};

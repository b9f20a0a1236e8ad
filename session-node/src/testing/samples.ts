import type { Message } from '@waxos/contract/node-link/contents';
import type { SessionEvent } from '@waxos/contract/node-link/events';

/** A message of a customer, as a session tells it. */
export const seenText = (text: string, id = 'AAAA0001'): Extract<SessionEvent, { type: 'message.seen' }> => ({ type: 'message.seen', source: 'live', message: textMessage(text, id) });

const textMessage = (text: string, id: string): Message => ({
  key: { chat: { kind: 'person', person: { phone: '4915510000001' } }, fromMe: false, id },
  at: 1_800_000_000,
  content: { kind: 'text', text },
  ack: 1,
});

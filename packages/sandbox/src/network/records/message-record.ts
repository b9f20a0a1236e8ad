import type { Content, MessageContext } from '../../acts/contents.ts';
import type { Notice } from '../../wire/stanzas.ts';

export type EventResponse = 'unknown' | 'going' | 'declined' | 'maybe';

/** When each came, in milliseconds; 0 where it has not. */
export interface Receipt {
  deliveredAt: number;
  readAt: number;
  playedAt: number;
}

/** One message as the network knows it: people are LIDs, times milliseconds. */
export interface MessageRecord {
  chat: string;
  /** Its place in the chat. */
  index: number;
  /** Its entry in the ledger. */
  n: number;
  id: string;
  author: string;
  by: string;
  at: number;
  content: Content | { kind: 'notice'; notice: Notice };
  context?: MessageContext;
  /** What the quoted message said when it was quoted. */
  quotedContent?: MessageRecord['content'];
  /** Nobody else sees it: a notice for one, or a message to somebody who has blocked its author. */
  only?: string;
  /** Of how many others receipts are awaited. */
  expected: number;
  receipts?: Map<string, Receipt>;
  delivered: number;
  read: number;
  played: number;
  edited?: { at: number; editId: string };
  revoked?: { revoker: string; at: number };
  reactions?: Map<string, { emoji: string; at: number }>;
  votes?: Map<string, { options: number[]; at: number }>;
  responses?: Map<string, { response: EventResponse; at: number }>;
  pinned?: { who: string; until: number };
  /** Another author's message of the same id in the same chat. */
  namesake?: MessageRecord;
}

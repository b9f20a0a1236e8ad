import type { MessageRecord } from './message-record.ts';

export type ChatKind = 'direct' | 'group' | 'status' | 'channel';

/** A conversation, shared by everyone in it. */
export interface ChatRecord {
  key: string;
  kind: ChatKind;
  /** Both accounts of a direct chat, the group, the owner of a status, or the channel. */
  of: string[];
  messages: MessageRecord[];
  byId: Map<string, MessageRecord>;
  /** Seconds; 0 for ever. */
  disappearsAfter: number;
}

/** One account's side of a chat. */
export interface ChatSide {
  chat: ChatRecord;
  /** Which messages of a group it was there for: from the one place to before the other. */
  spans: { from: number; to: number }[];
  /** When the last thing happened in it, in milliseconds, and which entry of the ledger that was. */
  at: number;
  n: number;
  unread: number;
  /** Everything before this place has been read. */
  readTo: number;
  clearedTo: number;
  deleted: boolean;
  archived: boolean;
  pinnedAt: number;
  mutedUntil: number;
  markedUnread: boolean;
  labels: string[];
  starred?: Set<MessageRecord>;
  hidden?: Set<MessageRecord>;
}

export const openSide = (chat: ChatRecord): ChatSide => ({
  chat,
  spans: chat.kind === 'direct' ? [{ from: 0, to: Infinity }] : [],
  at: 0,
  n: 0,
  unread: 0,
  readTo: 0,
  clearedTo: 0,
  deleted: false,
  archived: false,
  pinnedAt: 0,
  mutedUntil: 0,
  markedUnread: false,
  labels: [],
});

/** Where something happened last comes first. */
export const byRecency = (one: ChatSide, other: ChatSide): number => other.n - one.n;

/** Channels and statuses are told, but are no chats of the list. */
export const isListed = ({ chat, deleted }: ChatSide): boolean => !deleted && (chat.kind === 'direct' || chat.kind === 'group');

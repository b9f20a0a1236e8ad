import type { Jid } from '../acts/addresses.ts';
import type { Content, MessageContext } from '../acts/contents.ts';

/** What one device is told of the world, in its own addresses. Types only: the page carries no validation. */

export interface WireKey {
  chat: Jid;
  id: string;
  fromMe: boolean;
  /** Who wrote it; set in groups and status. */
  participant?: Jid;
}

/** Notices that stand in a thread but were written by no one. */
export type Notice =
  | { kind: 'group'; event: 'create' | 'add' | 'invite' | 'remove' | 'leave' | 'promote' | 'demote' | 'subject' | 'description' | 'picture' | 'announce' | 'restrict' | 'adminsAdd' | 'approval' | 'request' | 'revoke_invite'; people: Jid[]; value?: string }
  | { kind: 'number'; from: Jid; to: Jid }
  | { kind: 'call'; outcome: 'missed' | 'rejected' | 'answered'; video: boolean }
  | { kind: 'disappear'; after: number }
  | { kind: 'encryption' };

export type WireContent =
  | Content
  /** What a device gets when it could not decrypt; the phone may send the rest later. */
  | { kind: 'ciphertext'; subtype?: string }
  | { kind: 'revoked'; by: Jid }
  | { kind: 'notice'; notice: Notice };

/** 0 waits, 1 with the server, 2 delivered, 3 read, 4 played, -1 failed. */
export type Ack = -1 | 0 | 1 | 2 | 3 | 4;

export interface WireMessage {
  key: WireKey;
  /** Seconds, as WhatsApp counts. */
  at: number;
  from: Jid;
  to: Jid;
  pushName?: string;
  content: WireContent;
  context?: MessageContext;
  ack: Ack;
  editedAt?: number;
  starred?: boolean;
  /** Where its file was uploaded once more. */
  mediaPath?: string;
  /** The whole quoted message, as far as the sender knew it. */
  quotedContent?: WireContent;
  reactions?: { from: Jid; emoji: string; at: number }[];
  votes?: { from: Jid; options: number[]; at: number }[];
}

export interface WireContact {
  /** The address its chat goes by. */
  id: Jid;
  /** Absent where the number is not known: then there is only the LID. */
  phone?: Jid;
  lid: Jid;
  /** As saved in the address book; absent for strangers. */
  name?: string;
  firstName?: string;
  pushName?: string;
  isBusiness: boolean;
  verifiedName?: string;
  isBlocked: boolean;
  isMe?: boolean;
  note?: string;
}

export interface WireChat {
  id: Jid;
  name?: string;
  at: number;
  unread: number;
  markedUnread?: boolean;
  archived?: boolean;
  /** Seconds since when it is pinned; 0 is not. */
  pinnedAt?: number;
  /** -1 for ever, 0 not. */
  mutedUntil?: number;
  disappearsAfter?: number;
  labels?: string[];
}

export interface WireGroup {
  id: Jid;
  subject: string;
  description?: string;
  descriptionId?: string;
  owner: Jid;
  at: number;
  announce: boolean;
  restrict: boolean;
  adminsAdd: boolean;
  approval: boolean;
  lidAddressing: boolean;
  participants: { id: Jid; isAdmin: boolean; isSuperAdmin: boolean }[];
  /** Left or removed: no longer a member. */
  left?: boolean;
}

export interface WireLabel {
  id: string;
  name: string;
  color: number;
}

export interface WireCall {
  id: string;
  from: Jid;
  video: boolean;
  group: boolean;
  outgoing: boolean;
  at: number;
  state: 'ringing' | 'ended';
  participants: Jid[];
}

export interface WireHistory {
  /** 0 to 100. */
  progress: number;
  contacts: WireContact[];
  chats: WireChat[];
  groups: WireGroup[];
  messages: WireMessage[];
  last: boolean;
}

/** What is queued for a device until it says that it has kept it. */
export type Stanza =
  | { s: 'message'; message: WireMessage }
  /** A placeholder's real content, from the phone. */
  | { s: 'filled'; message: WireMessage }
  /** The phone has uploaded the message's file once more. */
  | { s: 'reuploaded'; key: WireKey; path: string }
  | { s: 'edited'; key: WireKey; text: string; at: number; editId: string }
  | { s: 'revoked'; key: WireKey; by: Jid; at: number; revokeId: string }
  | { s: 'hidden'; keys: WireKey[] }
  | { s: 'reacted'; key: WireKey; id: string; from: Jid; emoji: string; at: number }
  | { s: 'voted'; key: WireKey; id: string; from: Jid; options: number[]; at: number }
  | { s: 'responded'; key: WireKey; from: Jid; response: string; at: number }
  | { s: 'eventEdited'; key: WireKey; event: Extract<Content, { kind: 'event' }>; at: number }
  | { s: 'starred'; keys: WireKey[]; starred: boolean }
  | { s: 'pinned'; key: WireKey; from: Jid; until: number; at: number }
  | { s: 'receipt'; chat: Jid; ids: string[]; from: Jid; ack: 2 | 3 | 4; at: number }
  /** Read on another device of the same account, or on the phone. */
  | { s: 'readSelf'; chat: Jid; upTo?: string; unread: number }
  | { s: 'chat'; chat: WireChat; cleared?: boolean; keepStarred?: boolean; deleted?: boolean }
  | { s: 'contact'; contact: WireContact; previous?: Jid }
  | { s: 'group'; group: WireGroup }
  | { s: 'labels'; labels: WireLabel[] }
  | { s: 'picture'; of: Jid; changedAt: number; removed: boolean }
  | { s: 'history'; history: WireHistory }
  | { s: 'call'; call: WireCall }
  | { s: 'channel'; channel: Jid; name: string; message: WireMessage };

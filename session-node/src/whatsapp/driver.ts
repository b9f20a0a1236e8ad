import type { Readable } from 'node:stream';
import type { Ack, Message } from '@waxos/contract/node-link/contents';
import type { Outgoing } from '@waxos/contract/node-link/commands';
import type { Glimpse, SessionEvent } from '@waxos/contract/node-link/events';
import type { Chat, MessageKey, Person } from '@waxos/contract/node-link/identities';

/**
 * One WhatsApp page that is driven, whoever drives it. What the library says wrongly, late or twice is set right
 * behind this port: whoever uses it hears each thing once, and every call ends by its deadline.
 */
export interface Driver {
  /** Loads the page and listens; what comes of it is told by events. Again: in a page of its own, the former one being over. */
  open: () => Promise<void>;
  refreshQr: () => Promise<void>;
  /** Asks for a pairing code instead of a QR. */
  requestCode: (phone: string) => Promise<void>;
  logOut: () => Promise<void>;
  /** Answers while page and library do; throws DriverDead otherwise. */
  ping: () => Promise<void>;
  /** Whether a listener in the page still hears what the page itself tells: a canary, not a guess. */
  hears: () => Promise<boolean>;
  /** Sends under this id, and under no other; resolves when the network has it. */
  send: (sending: Sending) => Promise<{ at: number }>;
  /** The state of a message by its id; undefined where the page has none. */
  find: (chat: Chat, id: string) => Promise<{ ack: Ack; at: number } | undefined>;
  edit: (key: MessageKey, text: string) => Promise<void>;
  revoke: (key: MessageKey) => Promise<void>;
  react: (key: MessageKey, emoji: string) => Promise<void>;
  markRead: (chat: Chat) => Promise<void>;
  showTyping: (chat: Chat, state: 'typing' | 'recording' | 'paused') => Promise<void>;
  /** From now on, for some minutes, who is there and who types is told as `chat.presence`. */
  watchChat: (chat: Chat) => Promise<void>;
  /** A group as it is now, with all its members. */
  readGroup: (group: string) => Promise<GroupChanged>;
  rejectCall: (call: { id: string; from: Person }) => Promise<void>;
  /** Chats that changed since then, the unread and newest first. */
  listChanged: (sinceSeconds: number) => Promise<ChangedChat[]>;
  /** A page of a chat's messages, oldest first, none of them older than `since`. */
  readBack: (chat: Chat, page: { since: number; before?: number; limit: number }) => Promise<Message[]>;
  fetchMedia: (key: MessageKey, signal: AbortSignal) => Promise<Fetched | 'gone'>;
  /** The picture of a person or group, as large as there is; `none` too where it is not shown to us. */
  fetchPicture: (chat: Chat, signal: AbortSignal) => Promise<Fetched | 'none'>;
  /** The page's document as the network gave it, with the build that it became; undefined for one that was pinned. Kept until the garbage is collected. */
  readDocument: () => Promise<{ build: string; html: string } | undefined>;
  collectGarbage: () => Promise<void>;
  screenshot: () => Promise<Uint8Array>;
}

export interface Fetched {
  mimetype: string;
  bytes: Readable;
}

export type GroupChanged = Extract<SessionEvent, { type: 'group.changed' }>;

export interface Sending {
  chat: Chat;
  id: string;
  content: Outgoing;
  media?: Uint8Array;
  quoted?: MessageKey;
  mentions?: Person[];
  /** Checked in the page itself, just before the message leaves: later than this it must not. */
  notAfter: number;
}

export interface ChangedChat {
  chat: Chat;
  at: number;
  unread: number;
}

/** What a page tells. Messages and their changes go on as they are. */
export type DriverEvent =
  | { type: 'qr'; qr: string; expiresAt: number }
  /** All QRs are used up, until refreshQr. */
  | { type: 'idle' }
  | { type: 'code'; code: string; expiresAt: number }
  /** A passkey is demanded, which no page of ours can give. */
  | { type: 'passkey' }
  | { type: 'authenticating' }
  | { type: 'syncing'; progress: number }
  | { type: 'ready'; me: Person; pushName: string; platform: string; build: string }
  | { type: 'connection'; up: boolean }
  | { type: 'ended'; how: 'logged_out' | 'unpaired' | 'conflict' | 'banned' | 'outdated' }
  | { type: 'dead'; what: 'page' | 'browser' }
  /** The page lacks what we need: named, with its build. */
  | { type: 'broken'; build: string; missing: string[] }
  /** One thing that it told could not be read, by its kind; a message that has a key comes as unsupported besides. Each is told. */
  | { type: 'unreadable'; build: string; what: string }
  | Glimpse
  | Extract<SessionEvent, { type: 'message.seen' | 'message.acked' | 'message.reacted' | 'message.voted' | 'message.hidden' | 'chat.changed' | 'call.noticed' | 'group.changed' | 'person.changed' | 'picture.changed' }>;

/** No answer came, and none will: the page or its browser is gone, or did not answer in time. */
export class DriverDead extends Error {
  override name = 'DriverDead';
}

/** WhatsApp, or the page, said no; nothing was sent. */
export class DriverRefusal extends Error {
  override name = 'DriverRefusal';
  readonly reason: 'not_ready' | 'no_chat' | 'refused' | 'media_missing' | 'too_late';
  constructor(reason: DriverRefusal['reason'], text: string) {
    super(text);
    this.reason = reason;
  }
}

export interface DriverOptions {
  deviceName: string;
  tell: (event: DriverEvent) => void;
  /** The document of a build that is known to be good, in place of the one that WhatsApp serves now. */
  build?: { html: string };
}

export type OpenDriver = (browser: DrivenBrowser, options: DriverOptions) => Driver;

/** A browser that a driver may use; it is launched and ended by others. */
export interface DrivenBrowser {
  /** puppeteer's own; only the driver knows more of it. */
  handle: unknown;
  profileDir: string;
}

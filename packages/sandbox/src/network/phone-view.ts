import type { Jid } from '../acts/addresses.ts';
import type { Ack, WireChat, WireContact, WireContent, WireGroup, WireLabel, WireMessage } from '../wire/stanzas.ts';

/** What a phone shows of itself. */
export interface AccountView {
  /** Digits of the LID. */
  account: string;
  phone: string;
  name: string;
  about: string;
  isBusiness: boolean;
  addressing: 'phone' | 'lid';
  online: boolean;
  pictureUrl?: string;
  devices: { device: string; name: string; platform: string; linkedAt: number; connected: boolean; lastSeenAt: number }[];
  chats: ChatView[];
  contacts: WireContact[];
  labels: WireLabel[];
  /** Ringing now. Of an outgoing one, `from` and `name` are whom it calls. */
  calls: { id: string; from: Jid; name: string; video: boolean; outgoing?: boolean }[];
}

export interface ChatView extends WireChat {
  title: string;
  group?: WireGroup;
  blocked?: boolean;
  pictureUrl?: string;
  /** Who is typing now, by name. */
  typing: string[];
  /** `text` is one line in English; whoever speaks another language makes it of the content. */
  last?: { text: string; content: WireContent; at: number; fromMe: boolean; ack: Ack };
}

export interface ThreadMessage extends WireMessage {
  authorName: string;
  /** Of an event: who comes. */
  responses?: { from: Jid; response: 'unknown' | 'going' | 'declined' | 'maybe'; at: number }[];
  /** Pinned in its chat until then, in seconds. */
  pinnedUntil?: number;
}

/** Oldest first. */
export interface ThreadPage {
  messages: ThreadMessage[];
  /** Give it as `before` for the page above; absent at the top. */
  earlier?: string;
}

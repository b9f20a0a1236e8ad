import type { Jid } from '../acts/addresses.ts';
import type { Ack, WireChat, WireContact, WireGroup, WireLabel, WireMessage } from '../wire/stanzas.ts';

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
  /** Ringing now. */
  calls: { id: string; from: Jid; name: string; video: boolean }[];
}

export interface ChatView extends WireChat {
  title: string;
  group?: WireGroup;
  blocked?: boolean;
  /** Who is typing now, by name. */
  typing: string[];
  last?: { text: string; at: number; fromMe: boolean; ack: Ack };
}

export interface ThreadPage {
  messages: (WireMessage & { authorName: string })[];
  /** Give it as `before` for the page above; absent at the top. */
  earlier?: string;
}

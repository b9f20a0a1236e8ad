import type { Ack, Message } from '@waxos/contract/node-link/contents';
import type { Chat } from '@waxos/contract/node-link/identities';
import type { BrowserDoor, WantedBrowser } from '../../browser/browser-door.ts';
import type { DriverEvent, OpenDriver, Sending } from '../../whatsapp/driver.ts';
import type { Time } from '../time.ts';

/** How a send goes: lost and stored both end without an answer. */
type SendMode = 'answers' | 'lost' | 'stored' | 'waits' | 'refused';

/** A phone, its network and the browsers that show it: all that a session sees of the world, and nothing of it real. */
export interface PretendWorld {
  door: Pick<BrowserDoor, 'open'>;
  openDriver: OpenDriver;
  linked: boolean;
  sends: SendMode;
  /** Answers to these never come. */
  hung: Set<'ping' | 'hears' | 'open'>;
  hears: boolean;
  /** Reading these fails. */
  unreadable: Set<string>;
  /** Browsers do not close when asked. */
  stubborn: boolean;
  messages: Message[];
  watched: Chat[];
  rejected: string[];
  /** Whether people have one. */
  picture: boolean;
  sent: Sending[];
  opened: WantedBrowser[];
  pages: number;
  destroyed: number;
  /** An earlier copy of the profile is there, and what it says of the link. */
  restorable: boolean;
  copyLinked: boolean;
  replaced: number;
  browsers: Set<{ end: () => void }>;
  page: Page | undefined;
  time: Time;
  running: () => number;
  /** The page has synced. */
  becomeReady: () => void;
  nowSeconds: () => number;
  scan: () => void;
  tell: (event: DriverEvent) => void;
  /** A message comes in; told if a page listens. */
  receive: (chat: Chat, text: string) => Message;
  tick: (id: string, ack: Ack) => void;
  dieBrowser: () => void;
  diePage: () => void;
}

export interface Page {
  ready: boolean;
  alive: boolean;
  tell: (event: DriverEvent) => void;
}

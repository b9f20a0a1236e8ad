import type { Jid } from '../acts/addresses.ts';
import type { ActArgs, DeviceActName } from '../acts/acts.ts';
import type { Stanza } from './stanzas.ts';

/**
 * What goes over the socket between the page and the network.
 *
 * A page without a link says `register` and gets `refs`; it shows them one after another as QR, and asks again
 * with `refresh` when they are used up. A phone that scans one makes the network say `linked` (after `passkey`,
 * where that is demanded). A page with a link says `login` and gets `welcome`, then everything that was queued
 * for it, then `offlineEnd`. It answers each stanza it has kept with `kept`; what is not kept is sent again at
 * the next login. `closed` ends it, with the reason.
 */

export interface Registration {
  noise: string;
  identity: string;
  adv: string;
  platform: string;
  /** As shown on the phone among the linked devices. */
  name: string;
  build: string;
}

export interface Me {
  phone: Jid;
  lid: Jid;
  pushName: string;
  platform: 'android' | 'iphone' | 'smba' | 'smbi';
}

/** How this device's page behaves where the library does not say what WhatsApp does. */
export interface PageManners {
  /** Whether the offline batch is delivered before the page says that it has synced. */
  offlineBeforeSync: boolean;
  /** How long a sync takes at least, in milliseconds: 0 is over before anyone listens. */
  syncMs: number;
  /** What Socket.state turns to when the device is logged out. */
  stateOnLogout: 'UNPAIRED' | 'navigates';
  /** Messages a chat keeps in memory at start. */
  messagesInMemory: number;
  /** Listeners hear nothing any more, though everything is kept. */
  deaf?: boolean;
  /** A send throws after the network has it. */
  sendThrowsAfter?: boolean;
  /** Asking for a person's other address fails. */
  noLid?: boolean;
}

export type CloseReason = 'logged_out' | 'unpaired' | 'conflict' | 'banned' | 'replaced' | 'outdated';

export type ActResult = { ok: true; value: unknown } | { ok: false; code: RefusalCode; text: string };
export type RefusalCode = 'bad_request' | 'not_found' | 'not_allowed' | 'conflict' | 'gone' | 'too_many' | 'unreachable';

export type PageFrame =
  | { t: 'register'; registration: Registration }
  /** The page has taken another name, as the library gives it one after it has registered. */
  | { t: 'named'; name: string }
  | { t: 'refresh' }
  | { t: 'pairByCode'; id: number; phone: string; notify: boolean }
  | { t: 'passkeyAnswer'; credential: unknown }
  | { t: 'login'; device: string; token: string; build: string }
  | { t: 'kept'; upTo: number }
  | { t: 'act'; id: number; name: DeviceActName; args: ActArgs<DeviceActName> }
  | { t: 'present'; available: boolean }
  | { t: 'typing'; chat: Jid; state: 'typing' | 'recording' | 'paused' }
  | { t: 'takeover' }
  | { t: 'logout' }
  | { t: 'ping'; n: number };

export type Live =
  | { l: 'typing'; chat: Jid; from: Jid; state: 'typing' | 'recording' | 'paused' }
  | { l: 'present'; of: Jid; available: boolean; lastSeen?: number };

export type NetworkFrame =
  | { t: 'refs'; refs: string[]; firstMs: number; nextMs: number }
  | { t: 'pairingCode'; id: number; ok: boolean; code: string }
  | { t: 'passkey'; challenge: string }
  | { t: 'linked'; device: string; token: string; me: Me }
  | { t: 'welcome'; me: Me; manners: PageManners; waiting: number; history: boolean }
  | { t: 'stanza'; n: number; at: number; stanza: Stanza }
  | { t: 'offlineEnd' }
  | { t: 'live'; live: Live }
  | { t: 'result'; id: number; result: ActResult }
  | { t: 'me'; me: Me }
  /** They have changed while the page runs: a fault was switched. */
  | { t: 'manners'; manners: PageManners }
  | { t: 'closed'; reason: CloseReason }
  /** Another build is served now than the one that logged in: the page loads itself anew. */
  | { t: 'reload' }
  | { t: 'pong'; n: number };

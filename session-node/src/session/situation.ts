import type { SessionEvent, SessionReason } from '@waxos/contract/node-link/events';
import type { DeviceState } from '@waxos/contract/devices';
import type { ProfileEnd } from '../browser/browser-door.ts';
import type { DriverEvent } from '../whatsapp/driver.ts';

/** States without a browser, and without a will of their own to open one. */
export type RestingState = 'stopped' | 'logged_out' | 'conflict' | 'banned' | 'failed';

export interface Situation {
  state: DeviceState;
  reason: SessionReason | undefined;
  progress: number | undefined;
  /** What there is of a Chromium; `closing` until no process of it is left. */
  browser: 'none' | 'opening' | 'open' | 'closing';
  /** Where it goes when the browser is gone. */
  ending: Ending | undefined;
  /** Why a reconnecting session waits without a browser: its outbox is full, or it sleeps. */
  outboxFull: boolean;
  asleep: boolean;
  /** Was ready once: a QR now means that the link is gone. */
  linked: boolean;
  /** What is stored of the link may be brought back from an earlier copy; not twice for one start. */
  restorable: boolean;
  /** This page was ready: when its connection is back, so is the session. */
  pageReady: boolean;
  /** Asked to stop while it was ending otherwise: it still says how it ended, then rests in stopped. */
  stopNext: SessionReason | undefined;
  /** Logs out as soon as the page can. */
  leaving: boolean;
  /** Since it was last ready for a while. */
  failures: number;
  /** The page was restarted since then; the browser is next. */
  pageRestarted: boolean;
  /** The page lacks something, as it said itself. */
  broken: boolean;
  pairWith: string | undefined;
}

export interface Ending {
  state: RestingState | 'reconnecting' | 'starting';
  reason: SessionReason | undefined;
}

export const firstSituation: Situation = {
  state: 'stopped',
  reason: undefined,
  progress: undefined,
  browser: 'none',
  ending: undefined,
  outboxFull: false,
  asleep: false,
  linked: false,
  restorable: false,
  pageReady: false,
  stopNext: undefined,
  leaving: false,
  failures: 0,
  pageRestarted: false,
  broken: false,
  pairWith: undefined,
};

/** What the page tells of its own life. */
export type PageNews = Extract<DriverEvent, { type: 'qr' | 'idle' | 'code' | 'passkey' | 'authenticating' | 'syncing' | 'ready' | 'connection' | 'ended' | 'dead' | 'broken' }>;

export type Input =
  | { is: 'start'; pairWith?: string | undefined }
  | { is: 'stop'; reason: SessionReason }
  | { is: 'log_out' }
  | { is: 'refresh_qr' }
  | { is: 'sleep' }
  | { is: 'wake' }
  /** Closed cleanly and opened again: it outgrew its memory, or a message can only be judged so. */
  | { is: 'restart'; reason: 'memory' | 'page_stuck' }
  /** It is to run on another build of the page. */
  | { is: 'rebuild' }
  | { is: 'outbox_full' }
  | { is: 'outbox_drained' }
  | { is: 'browser_opened'; restorable?: boolean }
  | { is: 'browser_refused'; why: 'browser_failed' | 'memory' | 'profile_locked' | 'profile_lost' }
  | { is: 'browser_gone' }
  | { is: 'page_failed' }
  | { is: 'deadline' }
  | { is: 'back_off_over' }
  | { is: 'ailing'; reason: 'no_tick' | 'deaf' | 'page_stuck' }
  | { is: 'well' }
  | { is: 'told'; news: PageNews };

export type Effect =
  | { do: 'tell'; event: SessionEvent }
  | { do: 'open_browser' }
  | { do: 'open_page' }
  | { do: 'close_browser'; profile: ProfileEnd }
  | { do: 'kill_browser' }
  | { do: 'log_out' }
  | { do: 'refresh_qr' }
  | { do: 'request_code'; phone: string }
  /** Waits before it opens again: longer after each failure. */
  | { do: 'back_off'; failures: number }
  /** The deadline of the state begins anew. */
  | { do: 'arm' }
  | { do: 'catch_up' };

export interface Move {
  to: Situation;
  effects: Effect[];
}

import type { Live, NetworkFrame } from '../wire/frames.ts';
import type { Happened, LedgerEntry } from './ledger-entry.ts';
import type { FaultBook } from './faults/fault-book.ts';
import type { NetworkState } from './records/network-state.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

/** Links pages to phones: where they wait is outside, for they belong to no network yet. */
export interface Pairing {
  scan: (account: string, qr: string) => { device: string };
  enterCode: (account: string, code: string) => { device: string };
}

export type Typing = 'typing' | 'recording' | 'paused';

/** What nobody keeps: it is over when the process is. */
export interface Passing {
  /** Who types where, and since when, in milliseconds. */
  typing: Map<string, Map<string, { state: Typing; at: number }>>;
  /** Where a person is there, on which device or the phone; and when they last were, in milliseconds. */
  present: Map<string, { places: Set<string>; lastSeen?: number }>;
  /** What a phone does once it is online again. */
  owed: Map<string, (() => void)[]>;
  /** Messages in devices' queues that phones have promised to tell again. */
  promised: Set<string>;
  /** Receipts that devices are not told while the server gives no ticks. */
  unticked: Map<string, Extract<NetworkFrame, { t: 'stanza' }>[]>;
}

/** What an act needs: it looks at the state, and says what happens. */
export interface Core {
  readonly id: string;
  readonly state: NetworkState;
  readonly random: Random;
  readonly faults: FaultBook;
  readonly passing: Passing;
  readonly pairing?: Pairing;
  readonly room?: Room;
  now: () => number;
  /** Appends to the ledger and folds it; at once, so that the next line sees it. */
  happen: (happened: Happened) => LedgerEntry;
  /** Later; not at all once the network is closed. */
  after: (ms: number, run: () => void) => void;
  /** Something changed that is in no ledger: who types, say. */
  touch: (account: string) => void;
  /** To the connected devices of an account, now or never. */
  live: (account: string, live: Live) => void;
}

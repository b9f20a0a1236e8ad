import type { Stanza } from '../../wire/stanzas.ts';
import type { Happened, HappenedName } from '../ledger-entry.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { DeviceRecord, HistoryPart } from '../records/device-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import type { NetworkState } from '../records/network-state.ts';

export type EntryOf<E extends HappenedName> = Extract<Happened, { e: E }> & { n: number; at: number };

interface Told {
  /** The device that did it knows. */
  except?: string;
  /** The message that has arrived once the device has kept this. */
  message?: MessageRecord;
}

/**
 * What the entries fold into: the state, and each device's queue. A fold reads nothing else, no clock and no
 * fault, so that the same ledger gives the same queues.
 */
export interface World {
  state: NetworkState;
  /** Queues it for the account's devices; without one, nothing is rendered. Its phone shows something new either way. */
  tell: (account: AccountRecord, render: () => Stanza, told?: Told) => void;
  /** Queues it for one device only. */
  queue: (device: DeviceRecord, what: { stanza: Stanza } | { history: HistoryPart }) => void;
  /** Its phone shows something new; its devices are not told. */
  touch: (account: AccountRecord) => void;
}

/** One row for each kind of entry that is its noun's. */
export type Folds<E extends HappenedName> = { [K in E]: (world: World, entry: EntryOf<K>) => void };

import type { ActArgs, ActName } from '../acts/acts.ts';
import type { ActValue } from '../wire/results.ts';
import type { CloseReason, NetworkFrame, PageFrame, Registration } from '../wire/frames.ts';
import type { Faults, FaultScope } from '../faults/faults.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { NewAccount } from './new-account.ts';
import type { AccountView, ThreadPage } from './phone-view.ts';

export type { NewAccount } from './new-account.ts';

/** Whoever acts: the phone of an account, or one of its linked devices. An account is known by its LID's digits. */
export interface Actor {
  account: string;
  by: 'phone' | { device: string };
}

/** One end of a socket of a linked device. */
export interface DeviceConnection {
  receive: (frame: PageFrame) => void;
  /** The socket is gone. */
  close: () => void;
}

export interface DeviceSink {
  send: (frame: NetworkFrame) => void;
  /** Ends the socket after what was sent. */
  end: () => void;
}

/** One network: accounts that can reach each other, and nobody else. A workspace has one of its own. */
export interface Network {
  readonly id: string;
  addAccount: (account: NewAccount) => AccountView;
  removeAccount: (account: string) => void;
  accounts: () => AccountView[];
  /** Refuses with a SandboxRefusal; args are parsed here, whoever they come from. */
  perform: <N extends ActName>(actor: Actor, name: N, args: ActArgs<N>) => ActValue<N>;
  /** Makes a device of a page that registered; its token is shown this once. */
  link: (account: string, registration: Registration, how: 'qr' | 'code') => { device: string; token: string };
  /** A linked device's socket. Undefined where the token is wrong: the page is told `closed`, and has to link again. */
  connect: (login: { device: string; token: string; build: string }, sink: DeviceSink) => DeviceConnection | undefined;
  /** What a phone shows: its chats with names, counts and last messages; its devices. */
  view: (account: string) => AccountView;
  thread: (account: string, chat: string, page: { before?: string; limit: number }) => ThreadPage;
  setFaults: (scope: FaultScope, faults: Faults) => void;
  clearFaults: (scope: FaultScope) => void;
  /** The faults in force for a device: its own over its account's over everyone's. */
  faultsFor: (device: string) => Faults;
  /** Ends a device's link, or only its socket, from outside, as WhatsApp would. */
  expel: (device: string, reason: CloseReason) => void;
  ledger: Ledger;
  /** Something changed that a phone of this account shows; at most once a turn of the event loop and account. */
  watch: (listener: (accounts: ReadonlySet<string>) => void) => () => void;
  close: () => Promise<void>;
}

export interface Ledger {
  size: () => number;
  /** Entries from this number on. */
  read: (from: number, limit: number) => LedgerEntry[];
  watch: (listener: (entry: LedgerEntry) => void) => () => void;
}

import type { AccountView, ThreadMessage } from '../../network/phone-view.ts';
import type { LoadedThread } from './merge-thread.ts';

export interface Outgoing {
  message: ThreadMessage;
  state: 'sending' | 'sent' | 'failed';
  /** Why it failed. */
  problem?: unknown;
}

export interface OpenThread extends LoadedThread {
  state: 'loading' | 'ready' | 'failed';
  loadingOlder?: boolean;
}

export interface State {
  phones: readonly AccountView[];
  loading: 'loading' | 'ready' | 'failed';
  live: boolean;
  /** By account and chat. */
  threads: Readonly<Record<string, OpenThread>>;
  outbox: Readonly<Record<string, readonly Outgoing[]>>;
}

export interface Store {
  read: () => State;
  change: (change: (before: State) => Partial<State>) => void;
  watch: (listener: () => void) => () => void;
}

export function createStore(): Store {
  let state: State = { phones: [], loading: 'loading', live: true, threads: {}, outbox: {} };
  const listeners = new Set<() => void>();
  return {
    read: () => state,
    change: (change) => {
      state = { ...state, ...change(state) };
      for (const listener of listeners) listener();
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The same phone in its place, or a new one at the end. */
export function putPhone(phones: readonly AccountView[], view: AccountView): readonly AccountView[] {
  return phones.some(({ account }) => account === view.account) ? phones.map((phone) => (phone.account === view.account ? view : phone)) : [...phones, view];
}

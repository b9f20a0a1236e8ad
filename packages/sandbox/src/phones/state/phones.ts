import type { ActArgs, ActName } from '../../acts/acts.ts';
import type { AccountView } from '../../network/phone-view.ts';
import type { ActValue } from '../../wire/results.ts';
import { Refused } from '../api/ask.ts';
import { followChanges } from '../api/follow-changes.ts';
import { addPhone, getPhone, listPhones, performAct, removePhone, type NewPhone } from '../api/phones-api.ts';
import { inTurn } from './in-turn.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createStore, putPhone, type State } from './phones-state.ts';
import { createThreads, type Threads } from './threads.ts';

/** Everything the page knows of the phones, and everything it can do with them. */
export interface Phones {
  read: () => State;
  watch: (listener: () => void) => () => void;
  /** Reads the phones and follows what happens to them; answers how to stop. */
  start: () => () => void;
  readAll: () => Promise<void>;
  readPhone: (account: string) => Promise<void>;
  add: (phone: NewPhone) => Promise<AccountView>;
  remove: (account: string) => Promise<void>;
  perform: <N extends ActName>(account: string, name: N, args: ActArgs<N>) => Promise<ActValue<N>>;
  threads: Threads;
  outbox: Outbox;
}

export function createPhones(): Phones {
  const store = createStore();
  const drop = (account: string): void => store.change(({ phones }) => ({ phones: phones.filter((phone) => phone.account !== account) }));
  const readPhone = oneAtATime(async (account) => {
    try {
      const view = await getPhone(account);
      store.change(({ phones }) => ({ phones: putPhone(phones, view) }));
    } catch (error) {
      if (error instanceof Refused && error.code === 'not_found') drop(account);
      else store.change(() => ({ live: false }));
    }
  });
  const threads = createThreads(store);
  const readAgain = async (account: string): Promise<void> => {
    await Promise.all([readPhone(account), threads.readOpen(account)]);
  };
  const readLater = inTurn(readPhone);
  const outbox = createOutbox(store, (account) => void readAgain(account));
  const readAll = async (): Promise<void> => {
    try {
      const listed = await listPhones();
      // The list may come without chats: those that are known stay until the phone itself is read.
      const known = new Map(store.read().phones.map((phone) => [phone.account, phone]));
      store.change(() => ({ loading: 'ready', live: true, phones: listed.map((phone) => (phone.chats.length === 0 ? { ...phone, chats: known.get(phone.account)?.chats ?? [] } : phone)) }));
      for (const { account, chats } of listed) await (chats.length === 0 ? readAgain(account) : threads.readOpen(account));
    } catch {
      store.change(({ loading }) => ({ loading: loading === 'loading' ? 'failed' : loading, live: false }));
    }
  };
  return {
    read: store.read,
    watch: store.watch,
    readAll,
    readPhone,
    start: () =>
      followChanges({
        changed: (accounts) => accounts.forEach((account) => (threads.isOpen(account) ? void readAgain(account) : readLater(account))),
        live: () => void readAll(),
        lost: () => store.change(({ loading }) => ({ live: false, loading: loading === 'loading' ? 'failed' : loading })),
      }),
    add: async (phone) => {
      const view = await addPhone(phone);
      store.change(({ phones }) => ({ phones: putPhone(phones, view) }));
      return view;
    },
    remove: async (account) => {
      await removePhone(account);
      drop(account);
    },
    perform: async (account, name, args) => {
      const value = await performAct(account, name, args);
      await readAgain(account);
      return value;
    },
    threads,
    outbox,
  };
}

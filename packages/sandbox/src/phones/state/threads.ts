import type { ThreadPage } from '../../network/phone-view.ts';
import { Refused } from '../api/ask.ts';
import { getThread } from '../api/phones-api.ts';
import { mergeNewest, mergeOlder } from './merge-thread.ts';
import { threadKey } from './message-ids.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { OpenThread, State, Store } from './phones-state.ts';

export interface Threads {
  /** Reads it now and whenever its phone changes, until what is answered is called. */
  open: (account: string, chat: string) => () => void;
  isOpen: (account: string) => boolean;
  readOpen: (account: string) => Promise<void>;
  readOlder: (account: string, chat: string) => Promise<void>;
}

const pageSize = 50;
/** A thread that somebody has scrolled far up is not read anew as a whole at each change. */
const freshMax = 200;
const nothing: ThreadPage = { messages: [] };

export function createThreads(store: Store): Threads {
  const opened = new Map<string, number>();
  const put = (key: string, thread: OpenThread): void => store.change(({ threads }) => ({ threads: { ...threads, [key]: thread } }));

  const read = oneAtATime(async (key) => {
    const [account = '', chat = ''] = key.split(' ');
    const before = store.read().threads[key];
    try {
      const limit = Math.min(freshMax, Math.max(pageSize, before?.messages.length ?? 0));
      // A chat of which nothing was ever said is not there yet, and that is no failure.
      const page = await getThread({ account, chat, limit }).catch((error: unknown) => {
        if (error instanceof Refused && error.code === 'not_found') return nothing;
        throw error;
      });
      put(key, { ...mergeNewest(store.read().threads[key], page), state: 'ready' });
      store.change((state) => withoutArrived(state, key));
    } catch {
      const kept = store.read().threads[key];
      put(key, { ...(kept ?? nothing), state: kept?.state === 'ready' ? 'ready' : 'failed' });
    }
  });

  return {
    open: (account, chat) => {
      const key = threadKey(account, chat);
      opened.set(key, (opened.get(key) ?? 0) + 1);
      if (store.read().threads[key] === undefined) put(key, { messages: [], state: 'loading' });
      void read(key);
      return () => {
        const left = (opened.get(key) ?? 1) - 1;
        if (left === 0) opened.delete(key);
        else opened.set(key, left);
      };
    },
    isOpen: (account) => [...opened.keys()].some((key) => key.startsWith(`${account} `)),
    readOpen: async (account) => {
      await Promise.all([...opened.keys()].filter((key) => key.startsWith(`${account} `)).map(read));
    },
    readOlder: async (account, chat) => {
      const key = threadKey(account, chat);
      const before = store.read().threads[key];
      if (before?.earlier === undefined || before.loadingOlder === true) return;
      put(key, { ...before, loadingOlder: true });
      const page = await getThread({ account, chat, before: before.earlier, limit: pageSize }).catch(() => undefined);
      const now = store.read().threads[key] ?? before;
      // What could not be read is asked for at the next press.
      put(key, { ...(page === undefined ? now : mergeOlder(now, page)), state: now.state, loadingOlder: false });
    },
  };
}

/** What is in the thread itself need not be shown from the outbox. */
function withoutArrived({ outbox, threads }: State, key: string): Partial<State> {
  const waiting = outbox[key];
  if (waiting === undefined || waiting.length === 0) return {};
  const arrived = new Set(threads[key]?.messages.filter(({ key: { fromMe } }) => fromMe).map((message) => message.key.id));
  const rest = waiting.filter(({ message }) => !arrived.has(message.key.id));
  return rest.length === waiting.length ? {} : { outbox: { ...outbox, [key]: rest } };
}

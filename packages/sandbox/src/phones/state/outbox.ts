import type { Content, MessageContext } from '../../acts/contents.ts';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { performAct } from '../api/phones-api.ts';
import { newMessageId, threadKey } from './message-ids.ts';
import type { Outgoing, Store } from './phones-state.ts';

export interface Saying {
  account: string;
  chat: string;
  content: Content;
  context?: MessageContext;
  quoted?: ThreadMessage;
  id?: string;
  /** Brings what is said into shape first: uploads its file. */
  prepare?: () => Promise<Content>;
}

export interface Outbox {
  /** Shown at once; answers its id. What one chat is told goes out in the order it was said. */
  say: (saying: Saying) => string;
  sayAgain: (account: string, chat: string, id: string) => void;
  drop: (account: string, chat: string, id: string) => void;
}

export function createOutbox(store: Store, sent: (account: string) => void): Outbox {
  const sayings = new Map<string, Saying>();
  const queues = new Map<string, Promise<void>>();
  const put = (key: string, id: string, change: Partial<Outgoing> | undefined): void =>
    store.change(({ outbox }) => {
      const list = outbox[key] ?? [];
      const next = change === undefined ? list.filter(({ message }) => message.key.id !== id) : list.map((one) => (one.message.key.id === id ? { ...one, ...change } : one));
      return { outbox: { ...outbox, [key]: next } };
    });

  const send = async (saying: Saying, id: string): Promise<void> => {
    const { account, chat, prepare, context } = saying;
    const key = threadKey(account, chat);
    try {
      const content = prepare === undefined ? saying.content : await prepare();
      await performAct(account, 'message.send', { chat, id, content, ...(context === undefined ? {} : { context }) });
      put(key, id, { state: 'sent' });
      sayings.delete(id);
      sent(account);
    } catch (error) {
      put(key, id, { state: 'failed', problem: error });
    }
  };
  const enqueue = (saying: Saying, id: string): void => {
    const key = threadKey(saying.account, saying.chat);
    queues.set(key, (queues.get(key) ?? Promise.resolve()).then(() => send(saying, id)));
  };

  return {
    say: (saying) => {
      const id = saying.id ?? newMessageId();
      const key = threadKey(saying.account, saying.chat);
      sayings.set(id, saying);
      store.change(({ outbox }) => ({ outbox: { ...outbox, [key]: [...(outbox[key] ?? []), { message: asMessage(saying, id), state: 'sending' }] } }));
      enqueue(saying, id);
      return id;
    },
    sayAgain: (account, chat, id) => {
      const saying = sayings.get(id);
      if (saying === undefined) return;
      put(threadKey(account, chat), id, { state: 'sending' });
      enqueue(saying, id);
    },
    drop: (account, chat, id) => {
      sayings.delete(id);
      put(threadKey(account, chat), id, undefined);
    },
  };
}

/** What the thread shows until the network's own copy is there. */
function asMessage({ account, chat, content, context, quoted }: Saying, id: string): ThreadMessage {
  const me = `${account}@lid`;
  return {
    key: { chat, id, fromMe: true },
    at: Math.floor(Date.now() / 1_000),
    from: me,
    to: chat,
    content,
    ack: 0,
    authorName: '',
    ...(context === undefined ? {} : { context }),
    ...(quoted === undefined ? {} : { quotedContent: quoted.content }),
  };
}

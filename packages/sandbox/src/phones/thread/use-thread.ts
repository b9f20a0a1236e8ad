import { useEffect, useMemo } from 'react';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { threadKey } from '../state/message-ids.ts';
import type { Outgoing } from '../state/phones-state.ts';
import { usePart, usePhones } from '../state/use-phones.ts';

export interface ShownThread {
  state: 'loading' | 'ready' | 'failed';
  messages: readonly ThreadMessage[];
  /** There is more above. */
  more: boolean;
  loadingOlder: boolean;
  /** What is not in the thread itself yet, by the id of its message. */
  outgoing: ReadonlyMap<string, Outgoing>;
  readOlder: () => void;
  readAgain: () => void;
}

const none: readonly Outgoing[] = [];

export function useThread(account: string, chat: string): ShownThread {
  const { threads } = usePhones();
  const key = threadKey(account, chat);
  const thread = usePart((state) => state.threads[key]);
  const outbox = usePart((state) => state.outbox[key] ?? none);
  useEffect(() => threads.open(account, chat), [threads, account, chat]);
  return useMemo(() => {
    const loaded = thread?.messages ?? [];
    const arrived = new Set(loaded.filter((message) => message.key.fromMe).map((message) => message.key.id));
    const waiting = outbox.filter(({ message }) => !arrived.has(message.key.id));
    return {
      state: thread?.state ?? 'loading',
      messages: [...loaded, ...waiting.map(({ message, state }): ThreadMessage => (state === 'failed' ? { ...message, ack: -1 } : message))],
      more: thread?.earlier !== undefined,
      loadingOlder: thread?.loadingOlder === true,
      outgoing: new Map(waiting.map((one) => [one.message.key.id, one])),
      readOlder: () => void threads.readOlder(account, chat),
      readAgain: () => void threads.readOpen(account),
    };
  }, [thread, outbox, threads, account, chat]);
}

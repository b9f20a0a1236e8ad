import { useCallback, useEffect, useRef } from 'react';
import type { AccountView } from '../../network/phone-view.ts';
import { performAct } from '../api/phones-api.ts';

const againMs = 4_000;
const pausedAfterMs = 5_000;
type Typing = 'typing' | 'recording' | 'paused';

/** Tells the other side that something is being written; said again while it lasts, taken back when it stops. */
export function useTyping({ account, online }: AccountView, chat: string): { typing: (state?: 'typing' | 'recording') => void; stopped: () => void } {
  const told = useRef<{ state: Typing; at: number }>({ state: 'paused', at: 0 });
  const said = useRef<Promise<unknown>>(Promise.resolve());
  const reached = useRef(online);
  useEffect(() => {
    reached.current = online;
  }, [online]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useCallback(
    (state: Typing) => {
      told.current = { state, at: Date.now() };
      // A phone that is offline types for itself.
      if (!reached.current) return;
      // One after the other, or the end overtakes the beginning. Nobody is shown that it did not work.
      said.current = said.current.then(() => performAct(account, 'phone.typing', { chat, state })).catch(() => undefined);
    },
    [account, chat],
  );
  const stopped = useCallback(() => {
    clearTimeout(timer.current);
    if (told.current.state !== 'paused') tell('paused');
  }, [tell]);
  const typing = useCallback(
    (state: 'typing' | 'recording' = 'typing') => {
      clearTimeout(timer.current);
      if (state === 'typing') timer.current = setTimeout(stopped, pausedAfterMs);
      if (told.current.state !== state || Date.now() - told.current.at > againMs) tell(state);
    },
    [tell, stopped],
  );
  useEffect(() => stopped, [stopped]);
  return { typing, stopped };
}

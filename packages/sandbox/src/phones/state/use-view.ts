import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatShown, parseShown, putBeside, putShown, type Shown } from './shown.ts';

export interface View {
  shown: readonly Shown[];
  show: (account: string) => void;
  showBeside: (account: string) => void;
  hide: (account: string) => void;
  openChat: (account: string, chat: string) => void;
  closeChat: (account: string) => void;
  /** Where somebody is at work: the next phone chosen in the rail takes that place. */
  setActive: (account: string) => void;
}

export function useView(): View {
  const [shown, setShown] = useState<readonly Shown[]>(() => parseShown(location.hash));
  const active = useRef<string | undefined>(undefined);
  const now = useRef(shown);
  const go = useCallback((next: readonly Shown[]) => {
    now.current = next;
    setShown(next);
    const hash = formatShown(next);
    if (hash !== location.hash) history.pushState(null, '', hash === '' ? location.pathname + location.search : hash);
  }, []);
  useEffect(() => {
    const back = (): void => {
      now.current = parseShown(location.hash);
      setShown(now.current);
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const acts = useMemo(
    () => ({
      show: (account: string) => {
        go(putShown(now.current, account, active.current));
        active.current = account;
      },
      showBeside: (account: string) => {
        go(putBeside(now.current, account));
        active.current = account;
      },
      hide: (account: string) => go(now.current.filter((one) => one.account !== account)),
      openChat: (account: string, chat: string) => go(now.current.map((one) => (one.account === account ? { account, chat } : one))),
      closeChat: (account: string) => go(now.current.map((one) => (one.account === account ? { account } : one))),
      setActive: (account: string) => {
        active.current = account;
      },
    }),
    [go],
  );
  return useMemo(() => ({ shown, ...acts }), [shown, acts]);
}

import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { describeFailure } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

interface Toast {
  id: number;
  failed: boolean;
  text: string;
}

export interface Toasts {
  say: (text: string) => void;
  /** Does it, and says why where it does not work. */
  attempt: (act: () => Promise<unknown>, done?: string) => void;
}

const ToastsContext = createContext<Toasts | undefined>(undefined);
const shownMs = 5_000;

export function ToastsProvider({ children }: { children: ReactNode }) {
  const { t } = useSpeech();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const last = useRef(0);
  const close = useCallback((id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)), []);
  const add = useCallback(
    (failed: boolean, text: string) => {
      const id = ++last.current;
      setToasts((before) => [...before.filter((toast) => toast.text !== text).slice(-2), { id, failed, text }]);
      // An error that vanishes is an error nobody read.
      if (!failed) setTimeout(() => close(id), shownMs);
    },
    [close],
  );
  const value = useMemo<Toasts>(
    () => ({
      say: (text) => add(false, text),
      attempt: (act, done) => {
        act().then(
          () => (done === undefined ? undefined : add(false, done)),
          (error: unknown) => add(true, describeFailure(error, t)),
        );
      },
    }),
    [add, t],
  );
  return (
    <ToastsContext value={value}>
      {children}
      <section aria-label={t('page.messages')} aria-live="polite" className="toasts">
        {toasts.map(({ id, failed, text }) => (
          <div key={id} className={failed ? 'toast toast-failed' : 'toast'}>
            <Icon name={failed ? 'alert' : 'check'} />
            <p dir="auto">{text}</p>
            <IconButton icon="close" label={t('page.dismiss')} onClick={() => close(id)} />
          </div>
        ))}
      </section>
    </ToastsContext>
  );
}

export function useToasts(): Toasts {
  const toasts = use(ToastsContext);
  if (toasts === undefined) throw new Error('useToasts was called outside of ToastsProvider.');
  return toasts;
}

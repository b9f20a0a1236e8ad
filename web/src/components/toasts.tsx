import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import { describeFailure } from '../lib/failures.ts';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { IconButton } from './icon-button.tsx';

interface Toast {
  id: number;
  kind: 'done' | 'failed';
  text: string;
}

interface Toasts {
  say: (text: string) => void;
  /** Stays until it is closed: an error that vanishes is an error nobody read. */
  sayFailure: (error: unknown) => void;
}

const ToastsContext = createContext<Toasts | undefined>(undefined);
const shownMs = 6_000;

export function ToastsProvider({ children }: { children: ReactNode }) {
  const i18n = useI18n();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const close = useCallback((id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)), []);
  const add = useCallback(
    (kind: Toast['kind'], text: string) => {
      const id = Math.random();
      setToasts((before) => [...before.filter((toast) => toast.text !== text).slice(-2), { id, kind, text }]);
      if (kind === 'done') setTimeout(() => close(id), shownMs);
    },
    [close],
  );
  const value = useMemo(
    () => ({
      say: (text: string) => add('done', text),
      sayFailure: (error: unknown) => add('failed', describeFailure(error, i18n).text),
    }),
    [add, i18n],
  );
  return (
    <ToastsContext value={value}>
      {children}
      <section
        aria-label={i18n.t('controls.messages')}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-16 z-[60] flex flex-col items-center gap-2 p-4 md:bottom-0"
      >
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} close={close} />
        ))}
      </section>
    </ToastsContext>
  );
}

function ToastLine({ toast, close }: { toast: Toast; close: (id: number) => void }) {
  const { t } = useI18n();
  const Icon = toast.kind === 'done' ? CircleCheck : CircleAlert;
  return (
    <div className="pointer-events-auto flex w-full max-w-md animate-rise items-center gap-2 rounded-control border border-hairline bg-surface ps-3 shadow-menu">
      <Icon aria-hidden size={18} className={toast.kind === 'done' ? 'shrink-0 text-ok' : 'shrink-0 text-danger'} />
      <p className="min-w-0 flex-1 py-2 wrap-anywhere">{toast.text}</p>
      <IconButton icon={X} label={t('controls.dismiss')} onClick={() => close(toast.id)} />
    </div>
  );
}

export function useToasts(): Toasts {
  const toasts = use(ToastsContext);
  if (toasts === undefined) throw new Error('useToasts was called outside of ToastsProvider.');
  return toasts;
}

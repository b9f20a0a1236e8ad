import { AlertDialog } from 'radix-ui';
import { useState } from 'react';
import { describeFailure, type Failure } from '../lib/failures.ts';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { Button } from './button.tsx';
import { useReturnFocus } from './use-return-focus.ts';

interface ConfirmDialogProps {
  close: () => void;
  title: string;
  text: string;
  confirmLabel: string;
  /** The dialog closes when this is done; it stays open and says why when this throws. */
  confirm: () => Promise<void>;
}

/** Open as long as it is rendered. */
export function ConfirmDialog({ close, title, text, confirmLabel, confirm }: ConfirmDialogProps) {
  const i18n = useI18n();
  const returnFocus = useReturnFocus();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const run = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await confirm();
      close();
    } catch (error) {
      setFailure(describeFailure(error, i18n));
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open onOpenChange={close}>
      <AlertDialog.Portal>
        <div className="fixed inset-0 z-40 flex animate-appear items-end justify-center bg-[rgb(0_0_0/0.45)] md:items-center md:p-6">
          <AlertDialog.Content
            aria-modal
            onCloseAutoFocus={returnFocus}
            className="w-full max-w-md animate-rise rounded-t-bubble bg-surface p-4 shadow-dialog md:rounded-control md:p-6"
          >
            <AlertDialog.Title className="text-16 font-strong wrap-anywhere">{title}</AlertDialog.Title>
            <AlertDialog.Description className="mt-2 text-14 text-muted wrap-anywhere">{text}</AlertDialog.Description>
            {failure && (
              <p role="alert" className="mt-3 text-14 font-strong text-danger">
                {failure.text}
                {failure.requestId && ` ${i18n.t('states.requestId', { id: failure.requestId })}`}
              </p>
            )}
            <div className="mt-6 flex flex-wrap justify-end gap-2">
              <AlertDialog.Cancel asChild>
                <Button>{i18n.t('controls.cancel')}</Button>
              </AlertDialog.Cancel>
              <Button look="danger" busy={busy} onClick={() => void run()}>
                {confirmLabel}
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

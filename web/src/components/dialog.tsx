import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { IconButton } from './icon-button.tsx';
import { useReturnFocus } from './use-return-focus.ts';

interface DialogProps {
  close: () => void;
  title: string;
  /** False for what must not be lost by a stray click, such as a secret shown once. */
  dismissable?: boolean;
  children: ReactNode;
}

/**
 * Open as long as it is rendered. The backdrop is our own: Radix's locks scrolling with a style element, which the
 * security policy refuses.
 */
export function Dialog({ close, title, dismissable = true, children }: DialogProps) {
  const { t } = useI18n();
  const returnFocus = useReturnFocus();
  const keep = (event: Event) => {
    if (!dismissable) event.preventDefault();
  };
  return (
    <RadixDialog.Root open onOpenChange={close}>
      <RadixDialog.Portal>
        <div className="fixed inset-0 z-40 flex animate-appear items-end justify-center overflow-y-auto bg-[rgb(0_0_0/0.45)] p-0 md:items-center md:p-6">
          <RadixDialog.Content
            aria-modal
            aria-describedby={undefined}
            onCloseAutoFocus={returnFocus}
            onInteractOutside={keep}
            onEscapeKeyDown={keep}
            className="max-h-[100dvh] w-full max-w-lg animate-rise overflow-y-auto rounded-t-bubble bg-surface p-4 shadow-dialog md:rounded-control md:p-6"
          >
            <div className="mb-4 flex items-start justify-between gap-4">
              <RadixDialog.Title className="text-16 font-strong wrap-anywhere">{title}</RadixDialog.Title>
              {dismissable && (
                <RadixDialog.Close asChild>
                  <IconButton icon={X} label={t('controls.close')} className="-me-2 -mt-2 md:-mt-1" />
                </RadixDialog.Close>
              )}
            </div>
            {children}
          </RadixDialog.Content>
        </div>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

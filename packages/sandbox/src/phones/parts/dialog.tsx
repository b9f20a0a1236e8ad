import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSpeech } from '../words/speech.tsx';
import { IconButton } from './button.tsx';

interface DialogProps {
  title: string;
  close: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** The browser's own: it holds the focus inside, gives it back, and closes by Escape. Open as long as it is rendered. */
export function Dialog({ title, close, wide = false, children }: DialogProps) {
  const { t } = useSpeech();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.showModal();
    firstPlace(element)?.focus();
    const cancel = (event: Event): void => {
      event.preventDefault();
      close();
    };
    // A press that began inside, to mark text, does not close when it ends outside.
    const press = (event: PointerEvent): void => {
      if (event.target === element) close();
    };
    element.addEventListener('cancel', cancel);
    element.addEventListener('pointerdown', press);
    return () => {
      element.removeEventListener('cancel', cancel);
      element.removeEventListener('pointerdown', press);
    };
  }, [close]);
  return (
    <dialog ref={dialog} className={wide ? 'dialog dialog-wide' : 'dialog'} aria-labelledby={id}>
      <div className="dialog-inside">
        <header className="dialog-head">
          <h2 id={id} tabIndex={-1}>
            {title}
          </h2>
          <IconButton icon="close" label={t('dialog.close')} onClick={close} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** The first field, where a keyboard is at hand; else the title, so that no act is one careless Enter away. */
function firstPlace(dialog: HTMLDialogElement): HTMLElement | null {
  const field = matchMedia('(hover: hover)').matches ? dialog.querySelector<HTMLElement>(':is(input, select, textarea):not([hidden], :disabled)') : null;
  return field ?? dialog.querySelector<HTMLElement>('h2');
}

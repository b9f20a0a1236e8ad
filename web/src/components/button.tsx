import type { ComponentProps, MouseEvent } from 'react';
import { classNames } from '../lib/class-names.ts';
import { buttonLook, type ButtonLook } from './button-look.ts';
import { Spinner } from './spinner.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook;
  /** Keeps the button in place and focused, shows progress, and lets no second click through. */
  busy?: boolean;
}

export function Button({ look = 'secondary', busy = false, className, onClick, children, ...rest }: ButtonProps) {
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || rest.disabled === true || undefined}
      onClick={click}
      className={classNames(buttonLook(look), className)}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

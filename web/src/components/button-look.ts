import { classNames } from '../lib/class-names.ts';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:opacity-90',
  secondary: 'bg-surface text-text border-edge hover:bg-sunken',
  quiet: 'bg-transparent text-text border-transparent hover:bg-sunken',
  danger: 'bg-danger text-canvas border-transparent hover:opacity-90',
};

/** For links that look like buttons; buttons themselves are `Button`. */
export const buttonLook = (look: ButtonLook): string =>
  classNames(
    'inline-flex min-h-11 items-center justify-center gap-2 rounded-control border px-4 font-strong md:min-h-8 md:px-3',
    'text-14 no-underline transition-opacity duration-[80ms] aria-disabled:cursor-default aria-disabled:opacity-60',
    looks[look],
  );

import type { ReactNode } from 'react';

interface TooltipProps {
  text: string;
  /** Off when the text is on the page anyway. */
  off?: boolean;
  children: ReactNode;
}

/** Repeats the name of an icon for the eye; the name itself is on the icon. Plain CSS, so that the first screen loads no popper. */
export function Tooltip({ text, off = false, children }: TooltipProps) {
  if (off) return children;
  return (
    <span className="group/tooltip relative inline-flex">
      {children}
      <span
        aria-hidden
        data-tooltip={text}
        className="pointer-events-none absolute inset-y-0 start-full z-50 my-auto ms-2 hidden h-6 items-center rounded-control bg-text px-2 text-12 whitespace-nowrap text-canvas shadow-menu before:content-[attr(data-tooltip)] group-hover/tooltip:flex group-hover/tooltip:animate-delayed group-has-focus-visible/tooltip:flex group-has-focus-visible/tooltip:animate-delayed"
      />
    </span>
  );
}

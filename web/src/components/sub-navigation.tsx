import type { ReactNode } from 'react';

/** For the links inside; the router marks the present one with `aria-current`. */
export const subLinkLook =
  'flex min-h-11 items-center rounded-control px-3 text-14 text-text no-underline hover:bg-sunken md:min-h-8 ' +
  'aria-[current=page]:bg-selected aria-[current=page]:font-strong';

export function SubNavigation({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1 border-b border-hairline pb-3 lg:w-48 lg:shrink-0 lg:flex-col lg:border-b-0 lg:pb-0">
      {children}
    </nav>
  );
}

import { classNames } from '../../lib/class-names.ts';

/** An icon in the rail, an icon with its label in the pinned rail, or an icon over its label in the bottom bar. */
export type RailLook = 'icon' | 'wide' | 'bar';

export const railItemLook = (look: RailLook): string =>
  classNames(
    'flex items-center rounded-control text-muted no-underline hover:bg-sunken hover:text-text',
    'aria-[current=page]:bg-selected aria-[current=page]:text-accent data-[status=active]:bg-selected data-[status=active]:text-accent',
    look === 'icon' && 'size-10 justify-center',
    look === 'wide' && 'h-10 w-full gap-3 px-2.5 text-14',
    look === 'bar' && 'h-14 min-w-0 flex-col justify-center gap-0.5 rounded-none px-1 text-12',
  );

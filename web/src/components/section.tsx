import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  intro?: string | undefined;
  /** Beside the title: a state or a button. */
  aside?: ReactNode;
  children?: ReactNode;
}

/** A part of a page under its own heading, divided by a hairline rather than put in a card. */
export function Section({ title, intro, aside, children }: SectionProps) {
  return (
    <section className="border-t border-hairline py-6 first-of-type:border-t-0 first-of-type:pt-0">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-16 font-strong">{title}</h2>
          {intro && <p className="mt-1 max-w-prose text-muted">{intro}</p>}
        </div>
        {aside && <div className="flex flex-wrap items-center gap-2">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

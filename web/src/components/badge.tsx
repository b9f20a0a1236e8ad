import type { ReactNode } from 'react';

const tones = {
  neutral: 'border-hairline text-muted',
  accent: 'border-accent text-accent',
  ok: 'border-ok text-ok',
  warn: 'border-warn text-warn',
  /** For what only pretends to be real. */
  pretend: 'border-warn bg-note text-text',
} as const;

export function Badge({ tone = 'neutral', children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center rounded-full border px-2 text-12 whitespace-nowrap ${tones[tone]}`}>{children}</span>
  );
}

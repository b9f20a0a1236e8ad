import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

interface EmptyStateProps {
  title: string;
  hint?: string;
  /** Pages that are nothing else carry their heading here. */
  heading?: boolean;
  children?: ReactNode;
}

export function EmptyState({ title, hint, heading = false, children }: EmptyStateProps) {
  const Title = heading ? 'h1' : 'p';
  return (
    <div className={classNames('flex flex-col items-start gap-2', !heading && 'py-6')}>
      <Title className={heading ? 'text-20 font-strong' : 'text-16'}>{title}</Title>
      {hint && <p className="max-w-prose text-muted wrap-anywhere">{hint}</p>}
      {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}

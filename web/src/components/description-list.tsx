import type { ReactNode } from 'react';

export function DescriptionList({ entries }: { entries: readonly (readonly [term: string, description: ReactNode])[] }) {
  return (
    <dl className="border-t border-hairline">
      {entries.map(([term, description]) => (
        <div key={term} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-4 border-b border-hairline py-2">
          <dt className="text-muted">{term}</dt>
          <dd className="wrap-anywhere">{description}</dd>
        </div>
      ))}
    </dl>
  );
}

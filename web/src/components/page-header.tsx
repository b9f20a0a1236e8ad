import { useEffect, type ReactNode } from 'react';

interface PageHeaderProps {
  title: string;
  intro?: string | undefined;
  children?: ReactNode;
}

export function PageHeader({ title, intro, children }: PageHeaderProps) {
  useDocumentTitle(title);
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-20 font-strong wrap-anywhere">{title}</h1>
        {intro && <p className="mt-1 max-w-prose text-muted">{intro}</p>}
      </div>
      {children && <div className="flex flex-wrap gap-2">{children}</div>}
    </header>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Waxos`;
  }, [title]);
}

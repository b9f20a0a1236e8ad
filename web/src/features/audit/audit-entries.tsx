import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { AuditAction } from '@waxos/contract/audit';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import type { AuditEntry } from '../../lib/api-types.ts';
import { AuditTable } from './audit-table.tsx';

const liveMs = 10_000;

interface AuditEntriesProps {
  action: AuditAction | undefined;
  live: boolean;
}

interface Page {
  entries: AuditEntry[];
  nextBefore: string | null;
}

/** Newest first, further back by cursor. */
export function AuditEntries({ action, live }: AuditEntriesProps) {
  const { t } = useI18n();
  const { api } = useWorkspace();
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [...api.query.audit.pathKey(), 'entries', action],
    queryFn: ({ pageParam: before }) =>
      api.call.audit.list.query({ ...(action === undefined ? {} : { action }), ...(before === undefined ? {} : { before }) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextBefore ?? undefined,
    refetchInterval: live && liveMs,
  });
  return (
    <QueryState query={query} lines={8}>
      {({ pages }) => {
        const entries = pages.flatMap((page) => page.entries);
        if (entries.length === 0) return <EmptyState title={t('audit.empty')} hint={t('audit.emptyHint')} />;
        return (
          <>
            <AuditTable entries={entries} />
            <div className="mt-4">
              {query.hasNextPage ? (
                <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('controls.loadMore')}
                </Button>
              ) : (
                <p className="text-muted">{t('audit.end')}</p>
              )}
            </div>
          </>
        );
      }}
    </QueryState>
  );
}

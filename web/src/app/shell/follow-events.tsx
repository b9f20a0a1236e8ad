import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { readPublicError } from '../../lib/failures.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspaceIfAny, type CurrentWorkspace } from '../../lib/workspace-provider.tsx';
import { staleAfter } from './stale-after.ts';

const everyMs = 15_000;

/** Looks for what others did in the workspace, by cursor, while somebody looks at the tab. */
export function FollowEvents() {
  const workspace = useWorkspaceIfAny();
  return workspace === undefined ? null : <Follow key={workspace.id} workspace={workspace} />;
}

function Follow({ workspace: { api, name } }: { workspace: CurrentWorkspace }) {
  const { queryClient, account } = useApi();
  const cursor = useRef<number>(undefined);
  const { data, error } = useQuery({
    queryKey: [...api.query.events.pathKey(), 'follow'],
    queryFn: () => api.call.events.list.query(cursor.current === undefined ? {} : { after: cursor.current }),
    refetchInterval: everyMs,
    refetchOnWindowFocus: 'always',
    structuralSharing: false,
    gcTime: 0,
  });
  useEffect(() => {
    if (data === undefined) return;
    const first = cursor.current === undefined;
    cursor.current = data.cursor;
    if (first) return;
    for (const noun of staleAfter(data)) {
      void queryClient.invalidateQueries(noun === 'account' ? account.query.account.pathFilter() : api.query[noun].pathFilter());
    }
  }, [account, api, data, queryClient]);
  useExpulsion(error, name);
  return null;
}

/** Whoever was removed is told so, and the page asks anew which workspaces are theirs. */
function useExpulsion(error: unknown, name: string): void {
  const { t } = useI18n();
  const { say } = useToasts();
  const { queryClient, account } = useApi();
  const code = readPublicError(error)?.code;
  const expelled = code === 'NOT_FOUND' || code === 'FORBIDDEN';
  useEffect(() => {
    if (!expelled) return;
    say(t('shell.expelled', { name }));
    void queryClient.invalidateQueries(account.query.account.get.queryFilter());
  }, [expelled, name, t, say, queryClient, account]);
}

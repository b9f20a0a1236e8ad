import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useApi } from '../../lib/api-provider.tsx';
import type { Door } from '../../lib/api.ts';
import { useWorkspaceIfAny } from '../../lib/workspace-provider.tsx';
import { staleAfter } from './stale-after.ts';

const everyMs = 15_000;

/** Looks for what others did in the workspace, by cursor, while somebody looks at the tab. */
export function FollowEvents() {
  const workspace = useWorkspaceIfAny();
  return workspace === undefined ? null : <Follow key={workspace.id} api={workspace.api} />;
}

function Follow({ api }: { api: Door }) {
  const queryClient = useQueryClient();
  const { account } = useApi();
  const cursor = useRef<number>(undefined);
  const { data } = useQuery({
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
  return null;
}

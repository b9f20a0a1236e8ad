import { useApi } from '../../lib/api-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

/** After an act of one's own: the list, and the log that it stands in, are asked again. */
export function useDevicesChanged(): () => Promise<void> {
  const { queryClient } = useApi();
  const { api } = useWorkspace();
  return async () => {
    await Promise.all([queryClient.invalidateQueries(api.query.devices.pathFilter()), queryClient.invalidateQueries(api.query.audit.pathFilter())]);
  };
}

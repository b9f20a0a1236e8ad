import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import type { ApiKey } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

export function RevokeKey({ apiKey: { id: apiKeyId, name } }: { apiKey: ApiKey }) {
  const { t } = useI18n();
  const { queryClient } = useApi();
  const { api } = useWorkspace();
  const { say } = useToasts();
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    await api.call.apiKeys.revoke.mutate({ apiKeyId });
    say(t('apiKeys.revoked', { name }));
    await queryClient.invalidateQueries(api.query.apiKeys.pathFilter());
  };
  return (
    <>
      <Button aria-label={t('apiKeys.revokeKey', { name })} onClick={() => setAsking(true)}>
        {t('apiKeys.revoke')}
      </Button>
      {asking && (
        <ConfirmDialog
          close={() => setAsking(false)}
          title={t('apiKeys.revokeTitle', { name })}
          text={t('apiKeys.revokeText')}
          confirmLabel={t('apiKeys.revoke')}
          confirm={revoke}
        />
      )}
    </>
  );
}

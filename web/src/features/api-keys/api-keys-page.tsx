import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { NotAllowed } from '../../components/not-allowed.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { ApiKeysTable } from './api-keys-table.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';

export function ApiKeysPage() {
  const { may } = useWorkspace();
  return may('api_keys.read') ? <ApiKeys /> : <NotAllowed />;
}

function ApiKeys() {
  const { t } = useI18n();
  const { api, may } = useWorkspace();
  const query = useQuery(api.query.apiKeys.list.queryOptions());
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageHeader title={t('apiKeys.title')} intro={t('apiKeys.intro')}>
        {may('api_keys.manage') && (
          <Button look="primary" onClick={() => setCreating(true)}>
            <Plus aria-hidden size={16} />
            {t('apiKeys.create')}
          </Button>
        )}
      </PageHeader>
      <QueryState query={query}>
        {(keys) =>
          keys.length === 0 ? <EmptyState title={t('apiKeys.empty')} hint={t('apiKeys.emptyHint')} /> : <ApiKeysTable keys={keys} />
        }
      </QueryState>
      {creating && <CreateKeyDialog close={() => setCreating(false)} />}
    </>
  );
}

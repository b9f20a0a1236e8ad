import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import type { ApiKey } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { RevokeKey } from './revoke-key.tsx';

export function ApiKeysTable({ keys }: { keys: readonly ApiKey[] }) {
  const { t, date, dateTime } = useI18n();
  const { may } = useWorkspace();
  const revoke = {
    key: 'revoke',
    label: t('members.actions'),
    controls: true,
    renderCell: (key: ApiKey) => <RevokeKey apiKey={key} />,
  };
  return (
    <Table
      label={t('apiKeys.title')}
      rows={keys}
      rowKey={(key) => key.id}
      columns={[
        {
          key: 'name',
          label: t('apiKeys.name'),
          heading: true,
          renderCell: (key) => (
            <>
              <bdi className="font-strong">{key.name}</bdi>
              <span className="block text-12 text-muted">
                <code dir="ltr" className="inline-block font-mono">
                  {key.prefix}…
                </code>
              </span>
            </>
          ),
        },
        {
          key: 'scopes',
          label: t('apiKeys.scopes'),
          renderCell: (key) => (
            <ul className="text-13">
              {key.scopes.map((scope) => (
                <li key={scope}>{t(`permissions.${scope}`)}</li>
              ))}
            </ul>
          ),
        },
        { key: 'by', label: t('apiKeys.createdBy'), free: true, renderCell: (key) => <bdi>{key.createdByName}</bdi> },
        { key: 'created', label: t('apiKeys.created'), renderCell: (key) => date(key.createdAt) },
        { key: 'expires', label: t('apiKeys.expires'), renderCell: (key) => <Expiry expiresAt={key.expiresAt} /> },
        {
          key: 'used',
          label: t('apiKeys.lastUsed'),
          renderCell: (key) => (key.lastUsedAt === null ? t('apiKeys.never') : dateTime(key.lastUsedAt)),
        },
        ...(may('api_keys.manage') ? [revoke] : []),
      ]}
    />
  );
}

function Expiry({ expiresAt }: { expiresAt: string | null }) {
  const { t, date } = useI18n();
  const [now] = useState(() => Date.now());
  if (expiresAt === null) return t('apiKeys.expiresNever');
  if (Date.parse(expiresAt) <= now) return <Badge tone="warn">{t('apiKeys.expired')}</Badge>;
  return date(expiresAt);
}

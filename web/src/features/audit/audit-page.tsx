import { AUDIT_ACTIONS, type AuditAction } from '@waxos/contract/audit';
import { useState } from 'react';
import { CheckboxField } from '../../components/checkbox-field.tsx';
import { NotAllowed } from '../../components/not-allowed.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { SelectField, type Choice } from '../../components/select-field.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { AuditEntries } from './audit-entries.tsx';

type Filter = AuditAction | 'all';

export function AuditPage() {
  const { may } = useWorkspace();
  return may('audit.read') ? <AuditLog /> : <NotAllowed />;
}

function AuditLog() {
  const { t } = useI18n();
  const [filter, setFilter] = useState<Filter>('all');
  const [live, setLive] = useState(false);
  const choices: Choice<Filter>[] = [
    { value: 'all', label: t('audit.all') },
    ...AUDIT_ACTIONS.map((action) => ({ value: action, label: t(`actions.${action}`) })),
  ];
  return (
    <>
      <PageHeader title={t('audit.title')} intro={t('audit.intro')} />
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="w-full max-w-72">
          <SelectField name="filter" label={t('audit.filter')} value={filter} onValue={setFilter} choices={choices} />
        </div>
        <CheckboxField kind="switch" label={t('audit.live')} checked={live} onChecked={setLive} />
      </div>
      <AuditEntries action={filter === 'all' ? undefined : filter} live={live} />
    </>
  );
}

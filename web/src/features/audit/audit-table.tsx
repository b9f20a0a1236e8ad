import { Table } from '../../components/table.tsx';
import type { AuditEntry } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t, dateTime } = useI18n();
  return (
    <Table
      label={t('audit.title')}
      rows={entries}
      rowKey={(entry) => entry.id}
      columns={[
        { key: 'when', label: t('audit.when'), renderCell: (entry) => <time dateTime={entry.at}>{dateTime(entry.at)}</time> },
        { key: 'who', label: t('audit.who'), renderCell: (entry) => <Actor entry={entry} /> },
        { key: 'what', label: t('audit.what'), heading: true, renderCell: (entry) => <span className="font-strong">{t(`actions.${entry.action}`)}</span> },
        { key: 'subject', label: t('audit.subject'), renderCell: (entry) => <Subject entry={entry} /> },
        { key: 'from', label: t('audit.from'), renderCell: (entry) => <bdi>{entry.address}</bdi> },
      ]}
    />
  );
}

function Actor({ entry: { actorKind, actorName } }: { entry: AuditEntry }) {
  const { t } = useI18n();
  const kind = t(`actors.${actorKind}`);
  return (
    <>
      <bdi>{actorName === '' ? kind : actorName}</bdi>
      {actorKind === 'api_key' && <span className="block text-12 text-muted">{kind}</span>}
    </>
  );
}

/** Details are names and values as the server wrote them: for reading, in no language. */
function Subject({ entry: { subject, details } }: { entry: AuditEntry }) {
  return (
    <>
      <bdi>{subject}</bdi>
      {Object.entries(details).map(([name, value]) => (
        <span key={name} className="block text-12 text-muted">
          <bdi dir="ltr">
            {name}: {value}
          </bdi>
        </span>
      ))}
    </>
  );
}

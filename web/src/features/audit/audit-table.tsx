import { Fragment } from 'react';
import { Table } from '../../components/table.tsx';
import type { AuditEntry } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { describeDetail } from './describe-detail.ts';

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t, dateTime } = useI18n();
  return (
    <Table
      label={t('audit.title')}
      rows={entries}
      rowKey={(entry) => entry.id}
      columns={[
        { key: 'when', label: t('audit.when'), whole: true, renderCell: (entry) => <time dateTime={entry.at}>{dateTime(entry.at)}</time> },
        { key: 'who', label: t('audit.who'), free: true, renderCell: (entry) => <Actor entry={entry} /> },
        { key: 'what', label: t('audit.what'), heading: true, renderCell: (entry) => <span className="font-strong">{t(`actions.${entry.action}`)}</span> },
        { key: 'subject', label: t('audit.subject'), free: true, renderCell: (entry) => <Subject entry={entry} /> },
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

function Subject({ entry: { subject, details } }: { entry: AuditEntry }) {
  return (
    <>
      <bdi>{subject}</bdi>
      {Object.entries(details).map(([name, value]) => (
        <DetailLine key={name} name={name} value={value} />
      ))}
    </>
  );
}

/** The arrow is no letter and does not turn with the script: it is chosen, and each value keeps its own direction. */
function DetailLine({ name, value }: { name: string; value: string }) {
  const i18n = useI18n();
  const { label, values } = describeDetail(name, value, i18n);
  const [first, ...later] = values;
  return (
    <span className="block text-12 text-muted">
      {label}: <bdi>{first}</bdi>
      {later.map((next) => (
        <Fragment key={next}>
          {i18n.direction === 'rtl' ? ' ← ' : ' → '}
          <bdi>{next}</bdi>
        </Fragment>
      ))}
    </span>
  );
}

import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/section.tsx';
import { Table } from '../../components/table.tsx';
import type { Invitation } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { InvitationActions } from './invitation-actions.tsx';

export function OpenInvitations() {
  const { t } = useI18n();
  const { api } = useWorkspace();
  const query = useQuery(api.query.invitations.list.queryOptions());
  return (
    <Section title={t('invitations.title')}>
      <QueryState query={query} lines={2}>
        {(invitations) =>
          invitations.length === 0 ? (
            <EmptyState title={t('invitations.empty')} hint={t('invitations.emptyHint')} />
          ) : (
            <InvitationsTable invitations={invitations} />
          )
        }
      </QueryState>
    </Section>
  );
}

function InvitationsTable({ invitations }: { invitations: readonly Invitation[] }) {
  const { t, date } = useI18n();
  return (
    <Table
      label={t('invitations.title')}
      rows={invitations}
      rowKey={(invitation) => invitation.id}
      columns={[
        { key: 'email', label: t('members.email'), heading: true, renderCell: (invitation) => <bdi>{invitation.email}</bdi> },
        { key: 'role', label: t('members.role'), renderCell: (invitation) => t(`roles.${invitation.role}`) },
        { key: 'by', label: t('invitations.invitedBy'), free: true, renderCell: (invitation) => <bdi>{invitation.invitedByName}</bdi> },
        { key: 'until', label: t('invitations.expires'), whole: true, renderCell: (invitation) => date(invitation.expiresAt) },
        {
          key: 'actions',
          label: t('members.actions'),
          controls: true,
          renderCell: (invitation) => <InvitationActions invitation={invitation} />,
        },
      ]}
    />
  );
}

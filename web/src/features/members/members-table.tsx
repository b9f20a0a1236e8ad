import { Avatar } from '../../components/avatar.tsx';
import { Badge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import type { Member } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { MemberActions } from './member-actions.tsx';
import { RoleMenu } from './role-menu.tsx';

export function MembersTable({ members }: { members: readonly Member[] }) {
  const { t, date } = useI18n();
  const { may } = useWorkspace();
  const twoStep = {
    key: 'two-step',
    label: t('members.twoStep'),
    renderCell: (member: Member) => t(member.totpEnabled ? 'members.twoStepOn' : 'members.twoStepOff'),
  };
  const actions = {
    key: 'actions',
    label: t('members.actions'),
    controls: true,
    renderCell: (member: Member) => <MemberActions member={member} />,
  };
  return (
    <Table
      label={t('members.title')}
      rows={members}
      rowKey={(member) => member.id}
      columns={[
        { key: 'name', label: t('members.name'), heading: true, renderCell: (member) => <Who member={member} /> },
        { key: 'role', label: t('members.role'), renderCell: (member) => <RoleMenu member={member} /> },
        twoStep,
        { key: 'joined', label: t('members.joined'), whole: true, renderCell: (member) => date(member.joinedAt) },
        ...(may('members.remove') ? [actions] : []),
      ]}
    />
  );
}

function Who({ member }: { member: Member }) {
  const { t } = useI18n();
  const { memberId } = useWorkspace();
  return (
    <span className="flex items-center gap-3">
      <Avatar id={member.id} name={member.name} />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-strong">
            <bdi>{member.name}</bdi>
          </span>
          {member.id === memberId && <Badge>{t('members.you')}</Badge>}
        </span>
        <span className="block text-13 text-muted">
          <bdi>{member.email}</bdi>
        </span>
      </span>
    </span>
  );
}

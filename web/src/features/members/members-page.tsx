import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MembersTable } from './members-table.tsx';
import { OpenInvitations } from './open-invitations.tsx';

export function MembersPage() {
  const { t } = useI18n();
  const { api, may } = useWorkspace();
  const query = useQuery(api.query.members.list.queryOptions());
  const [inviting, setInviting] = useState(false);
  const count = query.data?.length;
  return (
    <>
      <PageHeader title={t('members.title')} intro={count === undefined ? undefined : t('members.count', { count })}>
        {may('members.invite') && (
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden size={16} />
            {t('members.invite')}
          </Button>
        )}
      </PageHeader>
      <QueryState query={query}>{(members) => <MembersTable members={members} />}</QueryState>
      {may('members.invite') && (
        <div className="mt-8">
          <OpenInvitations />
        </div>
      )}
      {inviting && <InviteDialog close={() => setInviting(false)} />}
    </>
  );
}

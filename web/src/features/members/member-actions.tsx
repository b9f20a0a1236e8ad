import { Ellipsis, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import type { Member } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { mayGive } from './may-give.ts';

export function MemberActions({ member }: { member: Member }) {
  const { t } = useI18n();
  const { queryClient } = useApi();
  const me = useWorkspace();
  const { api } = me;
  const { say } = useToasts();
  const [asking, setAsking] = useState(false);
  const { name } = member;
  if (member.id === me.memberId || !mayGive(me, member.role)) return null;
  const remove = async () => {
    await api.call.members.remove.mutate({ memberId: member.id });
    say(t('members.removed', { name }));
    await Promise.all([
      queryClient.invalidateQueries(api.query.members.pathFilter()),
      queryClient.invalidateQueries(api.query.audit.pathFilter()),
    ]);
  };
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={t('controls.actionsFor', { name })} />}>
        <MenuItem icon={UserMinus} danger onSelect={() => setAsking(true)}>
          {t('members.remove')}
        </MenuItem>
      </Menu>
      {asking && (
        <ConfirmDialog
          close={() => setAsking(false)}
          title={t('members.removeTitle', { name })}
          text={t('members.removeText', { name })}
          confirmLabel={t('members.removeConfirm')}
          confirm={remove}
        />
      )}
    </>
  );
}

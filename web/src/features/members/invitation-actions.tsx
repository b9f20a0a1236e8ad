import { Ellipsis, MailX, Send } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useAct } from '../../components/use-act.ts';
import { useApi } from '../../lib/api-provider.tsx';
import type { Invitation } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

export function InvitationActions({ invitation }: { invitation: Invitation }) {
  const { t } = useI18n();
  const { queryClient } = useApi();
  const { api } = useWorkspace();
  const { say } = useToasts();
  const { run } = useAct();
  const [asking, setAsking] = useState(false);
  const { id: invitationId, email } = invitation;
  const refresh = () => queryClient.invalidateQueries(api.query.invitations.pathFilter());
  const resend = () =>
    run(async () => {
      await api.call.invitations.resend.mutate({ invitationId });
      say(t('invitations.resent', { email }));
      await refresh();
    });
  const revoke = async () => {
    await api.call.invitations.revoke.mutate({ invitationId });
    say(t('invitations.revoked', { email }));
    await refresh();
  };
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={t('controls.actionsFor', { name: email })} />}>
        <MenuItem icon={Send} onSelect={resend}>
          {t('invitations.resend')}
        </MenuItem>
        <MenuItem icon={MailX} danger onSelect={() => setAsking(true)}>
          {t('invitations.revoke')}
        </MenuItem>
      </Menu>
      {asking && (
        <ConfirmDialog
          close={() => setAsking(false)}
          title={t('invitations.revokeTitle', { email })}
          text={t('invitations.revokeText')}
          confirmLabel={t('invitations.revoke')}
          confirm={revoke}
        />
      )}
    </>
  );
}

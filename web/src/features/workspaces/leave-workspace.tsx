import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Section } from '../../components/section.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

export function LeaveWorkspace() {
  const { t } = useI18n();
  const { queryClient, account } = useApi();
  const { name, api } = useWorkspace();
  const { say } = useToasts();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const leave = async () => {
    await api.call.members.leave.mutate();
    say(t('workspaceSettings.left', { name }));
    await queryClient.refetchQueries(account.query.account.get.queryFilter());
    await navigate({ to: '/' });
  };
  return (
    <Section title={t('workspaceSettings.leaveTitle')} intro={t('workspaceSettings.leaveHint')}>
      <Button onClick={() => setOpen(true)}>{t('workspaceSettings.leave', { name })}</Button>
      {open && (
        <ConfirmDialog
          close={() => setOpen(false)}
          title={t('workspaceSettings.leaveConfirm', { name })}
          text={t('workspaceSettings.leaveHint')}
          confirmLabel={t('workspaceSettings.leave', { name })}
          confirm={leave}
        />
      )}
    </Section>
  );
}

import { ROLES, type Role } from '@waxos/contract/permissions';
import { RadioGroup } from '../../components/choice-group.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { mayGive } from './may-give.ts';

const initial: { email: string; role: Role } = { email: '', role: 'agent' };

export function InviteDialog({ close }: { close: () => void }) {
  const { t } = useI18n();
  const { queryClient } = useApi();
  const me = useWorkspace();
  const { api } = me;
  const { say } = useToasts();
  const form = useForm({
    initial,
    schema: async () => (await import('@waxos/contract/workspaces')).createInvitationInput,
    submit: async (input) => {
      await api.call.invitations.create.mutate(input);
      say(t('invite.sent', { email: input.email }));
      close();
      await queryClient.invalidateQueries(api.query.invitations.pathFilter());
    },
  });
  return (
    <Dialog close={close} title={t('invite.title')}>
      <p className="mb-4 text-muted">{t('invite.intro')}</p>
      <Form form={form} submitLabel={t('invite.submit')}>
        <TextField {...form.bind('email')} label={t('fields.email')} type="email" autoComplete="off" dir="ltr" autoFocus />
        <RadioGroup
          {...form.bind('role')}
          label={t('members.role')}
          choices={ROLES.filter((role) => mayGive(me, role)).map((role) => ({
            value: role,
            label: t(`roles.${role}`),
            hint: t(`roleHints.${role}`),
          }))}
        />
      </Form>
    </Dialog>
  );
}

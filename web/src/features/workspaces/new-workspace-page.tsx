import { useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Form } from '../../components/form.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useAccount, useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { browserTimeZone } from '../../lib/browser-time-zone.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

export function NewWorkspacePage() {
  const { t } = useI18n();
  const { email, mayCreateWorkspaces } = useAccount();
  if (mayCreateWorkspaces) return <NewWorkspace />;
  return <EmptyState heading title={t('newWorkspace.noneTitle')} hint={t('newWorkspace.noneHint', { email })} />;
}

function NewWorkspace() {
  const { t } = useI18n();
  const { queryClient, account } = useApi();
  const { say } = useToasts();
  const navigate = useNavigate();
  const form = useForm({
    initial: { name: '' },
    schema: async () => (await import('@waxos/contract/workspaces')).createWorkspaceInput,
    toInput: (values) => ({ ...values, timeZone: browserTimeZone() }),
    submit: async (input) => {
      const { workspaceId } = await account.call.workspaces.create.mutate(input);
      await queryClient.refetchQueries(account.query.account.get.queryFilter());
      say(t('newWorkspace.created', { name: input.name }));
      await navigate({ to: '/w/$workspaceId', params: { workspaceId } });
    },
  });
  return (
    <div className="max-w-md">
      <PageHeader title={t('newWorkspace.title')} intro={t('newWorkspace.intro')} />
      <Form form={form} submitLabel={t('newWorkspace.submit')}>
        <TextField
          {...form.bind('name')}
          label={t('fields.workspaceName')}
          hint={t('fields.workspaceNameHint')}
          autoComplete="organization"
          autoFocus
        />
      </Form>
    </div>
  );
}

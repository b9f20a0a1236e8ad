import { useNavigate } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { SignUpForm } from './sign-up-form.tsx';

/** The first visit of a new Waxos. */
export function SetupPage() {
  const { t } = useI18n();
  const { queryClient, account } = useApi();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t('setup.title')} intro={t('setup.intro')} />
      <SignUpForm
        submitLabel={t('setup.submit')}
        submit={async (input) => {
          const { workspaceId } = await account.call.setup.create.mutate(input);
          queryClient.clear();
          await navigate({ to: '/w/$workspaceId', params: { workspaceId } });
        }}
      />
    </>
  );
}

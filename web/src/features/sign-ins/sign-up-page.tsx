import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { buttonLook } from '../../components/button-look.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { SignUpForm } from './sign-up-form.tsx';

export function SignUpPage() {
  const { account } = useApi();
  const status = useQuery(account.query.setup.status.queryOptions());
  return <QueryState query={status}>{({ signUpOpen }) => (signUpOpen ? <OpenSignUp /> : <ClosedSignUp />)}</QueryState>;
}

function OpenSignUp() {
  const { t } = useI18n();
  const { queryClient, account } = useApi();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t('signUp.title')} />
      <SignUpForm
        submitLabel={t('signUp.submit')}
        submit={async (input) => {
          const { workspaceId } = await account.call.auth.signUp.mutate(input);
          queryClient.clear();
          await navigate({ to: '/w/$workspaceId', params: { workspaceId } });
        }}
      />
      <p className="mt-6">
        <Link to="/sign-in" className="text-accent underline">
          {t('signUp.haveAccount')}
        </Link>
      </p>
    </>
  );
}

function ClosedSignUp() {
  const { t } = useI18n();
  return (
    <EmptyState heading title={t('signUp.closedTitle')} hint={t('signUp.closedHint')}>
      <Link to="/sign-in" className={buttonLook('secondary')}>
        {t('signIn.title')}
      </Link>
    </EmptyState>
  );
}

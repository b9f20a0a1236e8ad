import { PageHeader } from '../../components/page-header.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { ChangePassword } from './change-password.tsx';
import { SignInSessions } from './sign-in-sessions.tsx';
import { TwoStep } from './two-step.tsx';

export function SecurityPage() {
  const { t } = useI18n();
  return (
    <>
      <PageHeader title={t('security.title')} />
      <ChangePassword />
      <TwoStep />
      <SignInSessions />
    </>
  );
}

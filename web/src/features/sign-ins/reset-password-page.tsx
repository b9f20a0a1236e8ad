import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { buttonLook } from '../../components/button-look.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Form } from '../../components/form.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { forgetLinkSecret, takeLinkSecret } from '../../lib/link-secret.ts';

export function ResetPasswordPage() {
  const [token] = useState(() => takeLinkSecret('reset-password'));
  return token === undefined ? <NoLink /> : <ResetForm token={token} />;
}

function ResetForm({ token }: { token: string }) {
  const { t } = useI18n();
  const { queryClient, account } = useApi();
  const { say } = useToasts();
  const navigate = useNavigate();
  const form = useForm({
    initial: { password: '' },
    schema: async () => (await import('@waxos/contract/accounts')).resetPasswordInput,
    toInput: ({ password }) => ({ token, password }),
    submit: async (input) => {
      await account.call.auth.resetPassword.mutate(input);
      forgetLinkSecret('reset-password');
      queryClient.clear();
      say(t('reset.done'));
      await navigate({ to: '/sign-in' });
    },
  });
  return (
    <>
      <PageHeader title={t('reset.title')} intro={t('reset.intro')} />
      <Form form={form} submitLabel={t('reset.submit')} wide>
        <PasswordField
          {...form.bind('password')}
          label={t('fields.newPassword')}
          hint={t('fields.newPasswordHint')}
          autoComplete="new-password"
          autoFocus
        />
      </Form>
      <p className="mt-4">
        <Link to="/forgot-password" className="text-accent underline">
          {t('reset.askAgain')}
        </Link>
      </p>
    </>
  );
}

function NoLink() {
  const { t } = useI18n();
  return (
    <EmptyState heading title={t('reset.noLinkTitle')} hint={t('reset.noLinkHint')}>
      <Link to="/forgot-password" className={buttonLook('secondary')}>
        {t('reset.askAgain')}
      </Link>
    </EmptyState>
  );
}

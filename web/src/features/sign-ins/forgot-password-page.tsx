import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { buttonLook } from '../../components/button-look.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Form } from '../../components/form.tsx';
import { PageHeader, useDocumentTitle } from '../../components/page-header.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

export function ForgotPasswordPage() {
  const { t } = useI18n();
  const { account } = useApi();
  const email = useLocation({ select: ({ state }) => state.email ?? '' });
  const [sentTo, setSentTo] = useState<string>();
  useDocumentTitle(t('forgot.title'));
  const form = useForm({
    initial: { email },
    schema: async () => (await import('@waxos/contract/accounts')).requestPasswordResetInput,
    submit: async (input) => {
      await account.call.auth.requestPasswordReset.mutate(input);
      setSentTo(input.email);
    },
  });
  const back = (
    <Link to="/sign-in" state={{ email: form.bind('email').value }} className={buttonLook('secondary')}>
      {t('forgot.toSignIn')}
    </Link>
  );
  if (sentTo !== undefined) {
    // The same words whether the account exists or not: this page must not tell who has one.
    return (
      <div role="status">
        <EmptyState heading title={t('forgot.sentTitle')} hint={t('forgot.sentHint', { email: sentTo })}>
          {back}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <PageHeader title={t('forgot.title')} intro={t('forgot.intro')} />
      <Form form={form} submitLabel={t('forgot.submit')} aside={back} wide>
        <TextField {...form.bind('email')} label={t('fields.email')} type="email" autoComplete="username" dir="ltr" autoFocus />
      </Form>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Form } from '../../components/form.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

interface PasswordFormProps {
  entered: () => void;
  challenged: (challenge: string) => void;
}

export function PasswordForm({ entered, challenged }: PasswordFormProps) {
  const { t } = useI18n();
  const { account } = useApi();
  const email = useLocation({ select: ({ state }) => state.email ?? '' });
  const form = useForm({
    initial: { email, password: '' },
    schema: async () => (await import('@waxos/contract/accounts')).signInInput,
    submit: async (input) => {
      const outcome = await account.call.auth.signIn.mutate(input);
      if (outcome.next === 'totp') challenged(outcome.challenge);
      else entered();
    },
  });
  return (
    <>
      <PageHeader title={t('signIn.title')} />
      <Form form={form} submitLabel={t('signIn.submit')} wide>
        <TextField {...form.bind('email')} label={t('fields.email')} type="email" autoComplete="username" dir="ltr" autoFocus />
        <PasswordField {...form.bind('password')} label={t('fields.password')} autoComplete="current-password" />
      </Form>
      <OtherWays email={form.bind('email').value} />
    </>
  );
}

function OtherWays({ email }: { email: string }) {
  const { t } = useI18n();
  const { account } = useApi();
  const { data } = useQuery(account.query.setup.status.queryOptions());
  const look = 'inline-flex min-h-11 items-center text-accent underline md:min-h-0';
  return (
    <ul className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
      <li>
        <Link to="/forgot-password" state={{ email }} className={look}>
          {t('signIn.forgot')}
        </Link>
      </li>
      {data?.signUpOpen && (
        <li>
          <Link to="/sign-up" className={look}>
            {t('signIn.signUp')}
          </Link>
        </li>
      )}
    </ul>
  );
}

import type { signUpInput } from '@waxos/contract/accounts';
import { Form } from '../../components/form.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { browserTimeZone } from '../../lib/browser-time-zone.ts';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import type { z } from 'zod';

interface SignUpFormProps {
  submitLabel: string;
  submit: (input: z.output<typeof signUpInput>) => Promise<void>;
}

/** A new person with a workspace of their own: the first visit and the open sign-up ask the same. */
export function SignUpForm({ submitLabel, submit }: SignUpFormProps) {
  const { t, locale } = useI18n();
  const form = useForm({
    initial: { name: '', email: '', password: '', workspaceName: '' },
    schema: async () => (await import('@waxos/contract/accounts')).signUpInput,
    toInput: (values) => ({ ...values, locale, timeZone: browserTimeZone() }),
    submit,
  });
  return (
    <Form form={form} submitLabel={submitLabel} wide>
      <TextField {...form.bind('name')} label={t('fields.yourName')} hint={t('fields.yourNameHint')} autoComplete="name" autoFocus />
      <TextField {...form.bind('email')} label={t('fields.email')} type="email" autoComplete="username" dir="ltr" />
      <PasswordField
        {...form.bind('password')}
        label={t('fields.password')}
        hint={t('fields.newPasswordHint')}
        autoComplete="new-password"
      />
      <TextField
        {...form.bind('workspaceName')}
        label={t('fields.workspaceName')}
        hint={t('fields.workspaceNameHint')}
        autoComplete="organization"
      />
    </Form>
  );
}

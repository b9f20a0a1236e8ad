import type { ButtonLook } from '../../components/button-look.ts';
import { Form } from '../../components/form.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

interface ConfirmPasswordProps {
  submitLabel: string;
  submitLook?: ButtonLook;
  /** Throws what the server refuses, such as a wrong password. */
  confirmed: (password: string) => Promise<void>;
}

/** Asked again before anything that would help whoever sits down at an open browser. */
export function ConfirmPassword({ submitLabel, submitLook = 'primary', confirmed }: ConfirmPasswordProps) {
  const { t } = useI18n();
  const form = useForm({
    initial: { password: '' },
    schema: async () => (await import('@waxos/contract/accounts')).confirmPasswordInput,
    submit: ({ password }) => confirmed(password),
  });
  return (
    <Form form={form} submitLabel={submitLabel} submitLook={submitLook}>
      <PasswordField
        {...form.bind('password')}
        label={t('fields.password')}
        hint={t('totp.confirmPassword')}
        autoComplete="current-password"
        autoFocus
      />
    </Form>
  );
}

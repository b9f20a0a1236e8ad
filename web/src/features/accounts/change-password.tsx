import { Form } from '../../components/form.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { Section } from '../../components/section.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useAccount, useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

const blank = { currentPassword: '', newPassword: '' };

export function ChangePassword() {
  const { t } = useI18n();
  const { queryClient, account: api } = useApi();
  const { email } = useAccount();
  const { say } = useToasts();
  const form = useForm({
    initial: blank,
    schema: async () => (await import('@waxos/contract/accounts')).changePasswordInput,
    submit: async (input) => {
      await api.call.account.changePassword.mutate(input);
      form.reset(blank);
      say(t('security.passwordChanged'));
      await queryClient.invalidateQueries(api.query.account.listSignInSessions.queryFilter());
    },
  });
  return (
    <Section title={t('security.password')}>
      <div className="max-w-md">
        <Form form={form} submitLabel={t('security.changePassword')} submitLook="secondary">
          {/* Password managers file the new password under this. */}
          <input type="hidden" name="email" autoComplete="username" value={email} />
          <PasswordField {...form.bind('currentPassword')} label={t('fields.currentPassword')} autoComplete="current-password" />
          <PasswordField
            {...form.bind('newPassword')}
            label={t('fields.newPassword')}
            hint={t('fields.newPasswordHint')}
            autoComplete="new-password"
          />
        </Form>
      </div>
    </Section>
  );
}

import { Form } from '../../components/form.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import type { OfferProps } from './offer.ts';
import { useAccept } from './use-accept.ts';

/** Somebody without an account: the link has proven the mailbox, so a name and a password are enough. */
export function JoinAsNew({ token, preview }: OfferProps) {
  const { t, locale } = useI18n();
  const accept = useAccept(preview.workspaceName);
  const form = useForm({
    // Named by the paths of the input, so that the server's problems find their fields.
    initial: { 'person.name': '', 'person.password': '' },
    schema: async () => (await import('@waxos/contract/workspaces')).acceptInvitationInput,
    toInput: (values) => ({ token, person: { name: values['person.name'], password: values['person.password'], locale } }),
    submit: accept,
  });
  return (
    <Form form={form} submitLabel={t('invitation.createAndJoin')} wide>
      {/* Password managers file the new password under this. */}
      <input type="hidden" name="email" autoComplete="username" value={preview.email} />
      <TextField {...form.bind('person.name')} label={t('fields.yourName')} hint={t('fields.yourNameHint')} autoComplete="name" autoFocus />
      <PasswordField
        {...form.bind('person.password')}
        label={t('fields.password')}
        hint={t('fields.newPasswordHint')}
        autoComplete="new-password"
      />
    </Form>
  );
}

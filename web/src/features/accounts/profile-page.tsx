import { DescriptionList } from '../../components/description-list.tsx';
import { Form } from '../../components/form.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { RadioGroup } from '../../components/choice-group.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useAccount, useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { languageChoices } from '../../lib/i18n/language-names.ts';
import { themes } from '../../lib/theme.ts';

export function ProfilePage() {
  const { t } = useI18n();
  const { email, locale, theme } = useAccount();
  return (
    <div className="max-w-md">
      <PageHeader title={t('profile.title')} />
      <div className="mb-6">
        <DescriptionList entries={[[t('profile.email'), email]]} />
        <p className="mt-1 text-13 text-muted">{t('profile.emailHint')}</p>
      </div>
      {/* The account menu sets language and theme too; the form starts anew from what it set. */}
      <ProfileForm key={`${locale} ${theme}`} />
    </div>
  );
}

function ProfileForm() {
  const { t } = useI18n();
  const { queryClient, account: api } = useApi();
  const { say } = useToasts();
  const { name, locale, theme } = useAccount();
  const form = useForm({
    initial: { name, locale, theme },
    schema: async () => (await import('@waxos/contract/accounts')).updateAccountInput,
    submit: async (input) => {
      const updated = await api.call.account.update.mutate(input);
      say(t('controls.saved'));
      queryClient.setQueryData(api.query.account.get.queryKey(), updated);
    },
  });
  return (
    <Form form={form} submitLabel={t('controls.save')}>
      <TextField {...form.bind('name')} label={t('fields.yourName')} hint={t('fields.yourNameHint')} autoComplete="name" />
      <SelectField {...form.bind('locale')} label={t('fields.language')} choices={languageChoices} />
      <RadioGroup
        {...form.bind('theme')}
        label={t('shell.theme')}
        choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
    </Form>
  );
}
